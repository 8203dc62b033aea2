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
  'prose in pre': (w) =>
    `<pre>${w} see <a href="https://example.com/${w}">${w} there</a> and <img src="https://example.com/${w}.png"></pre>`,
  wistia: (w) =>
    `<p><iframe src="//fast.wistia.com/embed/iframe/${w}wistia99"></iframe></p><script src="https://fast.wistia.com/x.js"></script>`,
  loom: (w) =>
    `<iframe src="https://www.loom.com/embed/0123456789abcdef0123456789${digits(w)}ab"></iframe>`,
  'item after item': (w) =>
    `<ul><li>${w} one</li> <ul><li>${w} two</li></ul><li>${w} three<br><br></li></ul>`,
  'picture in item': (w) =>
    `<ol><li>${w} step<br><img src="https://example.com/${w}.png"><br></li><li>${w} b</li></ol>`,
  'empty heading': (w) => `<h2 id="${w}e"></h2><p>${w} below <a href="#${w}e">up</a></p>`,
  'raw japanese id': (w) =>
    `<h3 id="設定${w}">設定${w}</h3><p><a href="#%E8%A8%AD%E5%AE%9A${w}">${w} へ</a></p>`,
  'broken page link': (w) => `<h3 id="${w}u">${w} u</h3><p><a href="#${w}u">${w}</a></p>`,
  footnote: (w) =>
    `<p>${w}<a href="#${w}f" name="${w}r"><sup>1</sup></a></p><p><a name="${w}f"></a>1: ${w} note</p>`,
  'small marks': (w) =>
    `<p><u>${w}u</u> <mark>${w}m</mark> <kbd>${w}k</kbd> <del>${w}d</del> <small>${w}s</small> <abbr title="x">${w}a</abbr> <q>${w}q</q></p>`,
  ruby: (w) => `<p><ruby>${w}<rp>(</rp><rt>${w}r</rt><rp>)</rp></ruby></p>`,
  'soft breaks': (w) => `<p>${w} one<br>${w} two<br><br>${w} three<wbr>x&shy;y&#8203;z</p>`,
  'tab labels': (w) =>
    `<div class="tabs js-tabs"><div class="tab" title="${w} tab"><p>${w} in it</p></div><div class="tab" title="${w} two"><p>${w} b</p></div></div>`,
  'copy button': (w) => `<pre>${w}()</pre><button class="copy-btn">Copy</button>`,
  'outlook list': (w) =>
    `<p class="MsoListParagraph"><!--[if !supportLists]-->·<span style="font:7pt Times">&nbsp;&nbsp;</span><!--[endif]-->${w} point</p>`,
  'definition list': (w) => `<dl><dt>${w} term</dt><dd>${w} meaning</dd><dd>${w} more</dd></dl>`,
  'wide table': (w) =>
    `<table><thead><tr><th rowspan="2">${w}</th><th colspan="2">b</th></tr><tr><th>c</th><th>d</th></tr></thead><tfoot><tr><td>${w} f</td><td>g</td><td>h</td></tr></tfoot></table>`,
  'list in cell': (w) =>
    `<table><tr><td><ul><li>${w} a</li><li>${w} b</li></ul></td><td><pre>${w}</pre><img src="https://example.com/${w}.png"></td></tr></table>`,
  'table with caption': (w) =>
    `<table><caption>${w} caption</caption><tr><td>${w} x</td></tr></table>`,
  'lots of nbsp': (w) =>
    `<p>&nbsp;&nbsp;<strong>&nbsp;${w}&nbsp;</strong>&nbsp;<em>&nbsp;${w}e</em>&nbsp;</p><p>&nbsp;</p>`,
  signs: (w) =>
    `<p>${w} * _x_ # [y](z) \`k\` &lt;b&gt; &amp;amp; {{ v }} | ~~s~~ 1. a</p><p>1. ${w}</p><p># ${w}</p><p>- ${w}</p>`,
  'link around block': (w) =>
    `<a href="https://example.com/${w}"><div><p>${w} one</p><p>${w} two</p></div></a>`,
  'heading link': (w) => `<h2><a href="https://example.com/${w}">${w} linked</a></h2>`,
  'mail and phone': (w) =>
    `<p><a href="mailto:${w}@example.com">${w} mail</a> <a href="tel:+49">${w} tel</a></p>`,
  center: (w) => `<center>${w} centred</center><p align="right">${w} right</p>`,
  hidden: (w) => `<p style="display:none">${w} hidden</p><p>${w} shown</p>`,
  checkbox: (w) =>
    `<ul><li><input type="checkbox" checked> ${w} done</li><li><input type="checkbox"> ${w} open</li></ul>`,
  'image map': (w) =>
    `<img src="https://example.com/${w}.png" usemap="#m${w}"><map name="m${w}"><area href="https://example.com/${w}" alt="${w} area"></map>`,
  'picture element': (w) =>
    `<picture><source srcset="https://example.com/${w}2.png"><img src="https://example.com/${w}.png"></picture>`,
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
  centred: (inner) => `<div style="text-align:center">${inner}</div>`,
  'right to left': (inner) => `<div dir="rtl">${inner}</div>`,
  tab: (inner, w) =>
    `<div class="tabs js-tabs"><div class="tab" title="${w} tab">${inner}</div></div>`,
  'list of terms': (inner, w) => `<dl><dt>${w} term</dt><dd>${inner}</dd></dl>`,
  'head cell': (inner, w) =>
    `<table><tr><th>${inner}</th><th>${w}</th></tr><tr><td>x</td><td>y</td></tr></table>`,
  'wide cell': (inner, w) =>
    `<table><tr><td colspan="2">${inner}</td></tr><tr><td>${w}</td><td>y</td></tr></table>`,
  'item of a task': (inner, w) => `<ul><li><input type="checkbox">${w} ${inner}</li></ul>`,
  'item in item': (inner, w) =>
    `<ul><li>${w}<ol><li>${w} two<ul><li>${inner}</li></ul></li></ol></li></ul>`,
  emphasised: (inner) => `<em>${inner}</em>`,
  coloured: (inner) => `<font color="#ff0000">${inner}</font>`,
  paragraph: (inner) => `<p>${inner}</p>`,
  bold: (inner) => `<strong>${inner}</strong>`,
  styled: (inner) => `<span style="font-size:12px">${inner}</span>`,
  section: (inner) => `<section><div><div>${inner}</div></div></section>`,
};

/** Told once for all of a body, so that what each of several of them added cannot be counted. */
const toldOnce = ['tab', 'tab labels', 'copy button'];

function inAnyNumber<T>(table: Readonly<Record<string, T>>): T[] {
  return Object.entries(table).flatMap(([name, value]) => (toldOnce.includes(name) ? [] : [value]));
}

/** Frames in frames around a few leaves. */
export const arbitraryBody: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(fc.constantFrom(...inAnyNumber(frames)), { minLength: 1, maxLength: 3 }),
    fc.array(fc.constantFrom(...inAnyNumber(leaves)), { minLength: 1, maxLength: 4 }),
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
