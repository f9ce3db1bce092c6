"use client";
import { useImperativeHandle, useRef, type PointerEvent, type Ref } from "react";

export interface Pad {
  clear(): void;
  /** What was drawn as a PNG picture; the name, written out, where nothing was. */
  picture(name: string): Promise<Blob | null>;
}

const width = 600;
const height = 180;
/** A signature is a document: dark on white, whatever the page looks like. */
const ink = "#111";
const paper = "#fff";

/** A sheet to sign on with finger, pen or mouse. */
export function SignaturePad({ ref }: { ref: Ref<Pad> }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const drawn = useRef(false);
  const pen = () => {
    const context = canvas.current?.getContext("2d") ?? null;
    if (context === null) return null;
    context.strokeStyle = ink;
    context.fillStyle = ink;
    context.lineWidth = 3;
    context.lineCap = "round";
    context.lineJoin = "round";
    return context;
  };
  const clear = () => {
    const context = pen();
    if (context === null) return;
    context.fillStyle = paper;
    context.fillRect(0, 0, width, height);
    drawn.current = false;
  };
  useImperativeHandle(ref, () => ({
    clear,
    picture(name) {
      if (!drawn.current) {
        clear();
        writeOut(pen(), name);
      }
      return new Promise((resolve) => {
        if (canvas.current === null) resolve(null);
        else canvas.current.toBlob(resolve, "image/png");
      });
    },
  }));
  const at = ({ clientX, clientY, currentTarget }: PointerEvent<HTMLCanvasElement>): [number, number] => {
    const box = currentTarget.getBoundingClientRect();
    return [((clientX - box.left) / box.width) * width, ((clientY - box.top) / box.height) * height];
  };
  return (
    <div className="flex flex-col gap-1">
      <canvas
        ref={(element) => {
          canvas.current = element;
          if (element !== null && !drawn.current) clear();
        }}
        width={width}
        height={height}
        role="img"
        aria-label="Sheet to draw your signature on. Without a drawing your name is the signature."
        className="w-full touch-none rounded-control border border-control bg-white"
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          if (!drawn.current) clear();
          drawn.current = true;
          const context = pen();
          context?.beginPath();
          context?.moveTo(...at(event));
        }}
        onPointerMove={(event) => {
          if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
          const context = pen();
          context?.lineTo(...at(event));
          context?.stroke();
        }}
      />
      <p className="text-label text-ink-3">Draw with finger, pen or mouse; or sign with your name alone.</p>
    </div>
  );
}

/** As large as it fits. */
function writeOut(context: CanvasRenderingContext2D | null, name: string): void {
  if (context === null) return;
  context.textBaseline = "middle";
  context.textAlign = "center";
  for (let size = 56; size >= 12; size -= 4) {
    context.font = `italic ${String(size)}px serif`;
    if (size === 12 || context.measureText(name).width <= width - 40) break;
  }
  context.fillText(name, width / 2, height / 2, width - 40);
}
