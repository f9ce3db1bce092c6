import { describe, expect, it } from "vitest";
import { AppError } from "@/core/errors";
import { fileTypes } from "@/core/file-types";
import { fileToken, readFileToken } from "./address";
import { contentType, isText } from "./content-type";
import { disposition, fileName } from "./file-name";
import { pieces } from "./pieces";
import { samples } from "./samples.testkit";

const accept = fileTypes.map(({ type }) => type);
const told = (bytes: Uint8Array | string, name = "file", only: readonly string[] = accept) =>
  contentType(typeof bytes === "string" ? Buffer.from(bytes) : bytes, { name, accept: only });

describe("what a file is, is told by its content", () => {
  it("whatever its name says", async () => {
    expect(await told(samples.pdf, "photo.png")).toBe("application/pdf");
    expect(await told(samples.png, "contract.pdf")).toBe("image/png");
    expect(await told(samples.png, "contract.pdf", ["application/pdf"])).toBeNull();
    expect(await told(samples.jpeg)).toBe("image/jpeg");
    expect(await told("a;b\n1;2\n", "list.csv")).toBe("text/csv");
    expect(await told("a;b\n1;2\n", "list.csv", ["text/plain"])).toBe("text/plain");
    expect(await told("Grüße\n", "note")).toBe("text/plain");
    expect(await told(samples.docx, "x.zip")).toBe(
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    );
  });

  it("pages, scripts, programs and archives are none that a form takes, also under another name", async () => {
    const evil: readonly (string | Uint8Array)[] = [
      "<!doctype html><p>hello",
      "\ufeff  <html><script>alert(1)</script>",
      "hello <script>alert(1)</script>",
      '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
      '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
      "#!/bin/sh\nrm -rf /\n",
      "<?php system($_GET[0]);",
      "{\\rtf1 hello}",
      samples.zip,
      samples.program,
      Buffer.from("text\0with zeros"),
    ];
    for (const bytes of evil)
      for (const name of ["a.txt", "a.pdf", "a.csv"])
        expect([Buffer.from(bytes).toString("latin1").slice(0, 20), await told(bytes, name)]).toEqual([
          expect.any(String),
          null,
        ]);
  });

  it("a picture that is a page as well is a picture", async () => {
    expect(await told(Buffer.concat([samples.png, Buffer.from("<script>alert(1)</script>")]), "a.html")).toBe(
      "image/png",
    );
    expect(await told(Buffer.concat([Buffer.from("<script>/*"), samples.png]), "a.png")).toBeNull();
  });

  it("a text has no bytes that only programs have", () => {
    expect(isText(Buffer.from("Ünï\tcode\r\n"))).toBe(true);
    expect(isText(Buffer.from([0x41, 0x00]))).toBe(false);
  });
});

describe("what a file is called", () => {
  it("is the last part of its name, without marks that nobody sees, ending as its type does", () => {
    const pdf = (name: string) => fileName(name, "application/pdf");
    expect(pdf("contract.pdf")).toBe("contract.pdf");
    expect(pdf("../../etc/passwd")).toBe("passwd.pdf");
    expect(pdf("C:\\Users\\kim\\contract.PDF")).toBe("contract.pdf");
    expect(pdf("invoice.exe")).toBe("invoice.exe.pdf");
    expect(pdf("gpj\u202efdp.exe\0\r\nSet-Cookie: a=b")).toBe("gpjfdp.exeSet-Cookie_ a=b.pdf");
    expect(pdf("..")).toBe("file.pdf");
    expect(pdf('a"b<c>.pdf')).toBe("a_b_c_.pdf");
    expect(pdf(`${"é".repeat(300)}.pdf`)).toBe(`${"é".repeat(116)}.pdf`);
    expect(pdf("🧾".repeat(300))).toBe(`${"🧾".repeat(116)}.pdf`);
    expect(fileName("عقد.jpeg", "image/jpeg")).toBe("عقد.jpeg");
  });

  it("travels in a header in any script, and breaks out of none", () => {
    expect(disposition("attachment", 'عقد "1"; x.pdf')).toBe(
      `attachment; filename="___ _1__ x.pdf"; filename*=UTF-8''%D8%B9%D9%82%D8%AF%20%221%22%3B%20x.pdf`,
    );
  });
});

describe("the address of a file", () => {
  const id = "01919191-9191-7191-8191-919191919191";
  it("opens this file until its time is over, and nothing when it is changed", () => {
    const token = fileToken("secret", id, 5_000);
    expect(readFileToken("secret", token, 5_000)).toBe(id);
    expect(readFileToken("secret", token, 5_001)).toBeNull();
    expect(readFileToken("another", token, 0)).toBeNull();
    const bytes = Buffer.from(token, "base64url");
    for (const at of [0, 16, 21, 22, 37]) {
      const forged = Buffer.from(bytes);
      forged.writeUInt8(forged.readUInt8(at) ^ 1, at);
      expect(readFileToken("secret", forged.toString("base64url"), 0)).toBeNull();
    }
    for (const odd of ["", "x", `${token}AA`, token.slice(2)]) expect(readFileToken("secret", odd, 0)).toBeNull();
  });
});

describe("the pieces of a stream", () => {
  const cut = async (sizes: readonly number[], limit: number) => {
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const size of sizes) controller.enqueue(new Uint8Array(size));
        controller.close();
      },
    });
    const found: number[] = [];
    for await (const piece of pieces(stream, limit, () => new AppError("payload_too_large", "too large")))
      found.push(piece.length);
    return found;
  };
  it("are half a megabyte, however it arrives, and the rest", async () => {
    expect(await cut([1_100_000], 2_000_000)).toEqual([512_000, 512_000, 76_000]);
    expect(await cut([500_000, 12_000, 1], 2_000_000)).toEqual([512_000, 1]);
    expect(await cut([], 10)).toEqual([]);
  });
  it("end at the byte that is too much", async () => {
    expect(await cut([10], 10)).toEqual([10]);
    await expect(cut([10, 1], 10)).rejects.toThrow("too large");
  });
});
