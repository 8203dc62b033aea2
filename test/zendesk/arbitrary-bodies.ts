import fc from 'fast-check';

/** A piece of markup of one of the classes that help centers have; `word` makes its text its own. */
export type Piece = (word: string) => string;

/** Pieces that hold no other: at least one of each class. */
export const leaves: Readonly<Record<string, Piece>> = {
  paragraph: (w) =>
    `<p>${w} text, <strong>${w}b</strong><strong>old</strong> and <em>${w}i </em>more</p>`,
  text: (w) => `${w} bare`,
  'styled text': (w) =>
    `<p class="wysiwyg-text-align-center"><span style="color:red;font-size:20px">${w} red</span>&nbsp;<font size="4">${w}4</font></p>`,
  'empty box': (w) => `<div class="note tip"></div><p>${w}</p>`,
  link: (w) => `<p><a href="https://example.com/${w}">${w} link</a></p>`,
  'linked image': (w) =>
    `<p><a href="https://example.com/${w}"><img src="https://example.com/${w}.png" alt="${w}"></a></p>`,
  image: (w) => `<img src="https://example.com/${w}.png" width="30" height="20">`,
  figure: (w) =>
    `<figure class="wysiwyg-image"><img src="https://example.com/${w}.png"><figcaption>${w} caption</figcaption></figure>`,
  'image of a script': (w) =>
    `<a data-fancybox data-src="https://example.com/${w}.png"><img src="https://example.com/${w}.png"></a>`,
  video: (w) =>
    `<div style="padding-bottom:56%"><iframe src="https://www.youtube-nocookie.com/embed/${w}abcdefghi"></iframe></div>`,
  'video without scheme': (w) =>
    `<p><iframe src="//player.vimeo.com/video/7${digits(w)}"></iframe></p>`,
  frame: (w) => `<iframe src="https://forms.example.com/${w}" title="${w} frame"></iframe>`,
  'video file': (w) => `<video controls><source src="https://example.com/${w}.mp4"></video>`,
  pre: (w) => `<pre>${w} one<br>  ${w} two</pre>`,
  'code block': (w) =>
    `<pre class="wysiwyg-code-block"><code class="language-js">${w}("*_\`");\n</code></pre>`,
  'coloured code': (w) =>
    `<pre class="code lang-html" data-lang="html"><span class="k">&lt;${w}</span>&gt;</pre>`,
  'code by style': (w) =>
    `<p><span style="font-family:monospace;white-space:pre">${w}_code</span> after</p>`,
  'shown code': (w) => `<p>&lt;script&gt;${w}&lt;/script&gt; {{ ${w} }}</p>`,
  list: (w) => `<ul><li>${w} one</li><li>${w} two<ul><li>${w} three</li></ul></li></ul>`,
  'list in list': (w) => `<ul><li>${w} one</li><ul><li>${w} deep</li></ul></ul>`,
  'numbered list': (w) => `<ol start="3"><li>${w} three</li><li><p>${w} four</p><br></li></ol>`,
  table: (w) =>
    `<table><tr><th>${w} head</th><th>b</th></tr><tr><td>${w} cell</td><td><br></td></tr></table>`,
  'table with spans': (w) =>
    `<table><tbody><tr><td colspan="2">${w} wide</td></tr><tr><td>${w} x</td><td>y</td></tr></tbody></table>`,
  heading: (w) => `<h3 id="h_${w}ABCDEFGH"><strong>${w} heading</strong></h3>`,
  'link on the page': (w) => `<h2 id="${w}">${w} place</h2><p><a href="#${w}">to ${w}</a></p>`,
  'named anchor': (w) => `<h2><a name="${w}n"></a>${w} named</h2><p><a href="#${w}n">to it</a></p>`,
  pasted: (w) =>
    `<b id="docs-internal-guid-${w}" style="font-weight:normal"><p><span style="font-weight:700">${w} bold</span></p></b><p>&nbsp;</p>`,
  button: (w) => `<p><a class="button" href="https://example.com/${w}">${w} button</a></p>`,
  japanese: (w) => `<p><strong>「${w}」</strong>という<em>「${w}」</em>です</p>`,
  rule: (w) => `<p>${w}</p><hr>`,
};

/** Markup that holds other markup. */
export const frames: Readonly<Record<string, (inner: string, word: string) => string>> = {
  callout: (inner) => `<div class="callout-note"><div class="callout-body">${inner}</div></div>`,
  'info box': (inner) => `<div class="alert alert-info">${inner}</div>`,
  'box by look': (inner) =>
    `<div style="border-left:4px solid #06c;background-color:#eef;padding:10px">${inner}</div>`,
  cell: (inner, w) => `<table><tr><td>${w} a</td><td>${inner}</td></tr></table>`,
  'table in a figure': (inner) =>
    `<figure class="wysiwyg-table"><table><tr><td>${inner}</td></tr></table></figure>`,
  item: (inner, w) => `<ul><li>${w} item${inner}</li></ul>`,
  'item alone': (inner) => `<ol><li>${inner}</li></ol>`,
  details: (inner, w) => `<details><summary>${w} more</summary>${inner}</details>`,
  quote: (inner) => `<blockquote>${inner}</blockquote>`,
  accordion: (inner, w) =>
    `<div class="accordion"><div class="accordion__item"><div class="accordion__item-title">${w} title</div><div class="accordion__item-content">${inner}</div></div></div>`,
  'definition list': (inner, w) =>
    `<dl class="accordion-menu"><dt>${w} term</dt><dd>${inner}</dd></dl>`,
  indented: (inner) => `<div class="wysiwyg-indent2">${inner}</div>`,
  bold: (inner) => `<strong>${inner}</strong>`,
  styled: (inner) => `<span style="font-size:12px">${inner}</span>`,
  section: (inner) => `<section><div><div>${inner}</div></div></section>`,
};

/** Frames in frames around a few leaves. */
export const arbitraryBody: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(fc.constantFrom(...Object.values(frames)), { minLength: 1, maxLength: 3 }),
    fc.array(fc.constantFrom(...Object.values(leaves)), { minLength: 1, maxLength: 4 }),
  )
  .map(([around, inside]) => {
    const body = inside.map((leaf, index) => leaf(word(index))).join('\n');
    return around.reduceRight((inner, frame, index) => frame(inner, word(20 + index)), body);
  });

/** Letters only, each its own. */
export function word(index: number): string {
  return `w${String.fromCharCode(97 + (index % 26))}${String.fromCharCode(97 + Math.floor(index / 26))}q`;
}

function digits(text: string): string {
  return [...text].map((letter) => letter.charCodeAt(0) % 10).join('');
}
