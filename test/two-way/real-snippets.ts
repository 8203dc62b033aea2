/** Bodies as Intercom stores them, by construct: the structure of those seen in public, our words. */
export const realSnippets: Readonly<Record<string, string>> = {
  paragraph:
    '<p class="no-margin">Hello <a href="https://help.example.com/en/articles/6926919-start" target="_blank" class="intercom-content-link">here</a>.</p>',
  headings:
    '<h1 id="h_e324f0a1dd">H1</h1><h2 id="h_b3ae805d42">Heading 2</h2><h3 id="h_03290146c3">Heading 3</h3>',
  centred: '<p class="intercom-align-center no-margin">centred</p>',
  list: '<ul><li><p class="no-margin">item 1</p></li><li><p class="no-margin">item <b>2</b></p></li></ul>',
  code: '<pre><code>code block</code></pre>',
  rule: '<hr>',
  ...Object.fromEntries(
    Object.entries({
      gray: ['#e8e8e880', '#73737633'],
      blue: ['#e3e7fa80', '#334bfa33'],
      green: ['#d7efdc80', '#1bb15733'],
      red: ['#fed9db80', '#fd3a5733'],
      yellow: ['#feedaf80', '#fbc91633'],
    }).map(([name, [background, border]]) => [
      `${name} callout`,
      `<div class="intercom-interblocks-callout" style="background-color: ${background}; border-color: ${border};"><p class="no-margin"><b>Warning:</b> take care</p></div>`,
    ]),
  ),
  collapsible:
    '<details><summary><h2>Section</h2></summary><div class="collapsible-section-content"><p class="no-margin">inside</p></div></details>',
  table:
    '<div class="intercom-interblocks-table-container"><table role="presentation"><tbody><tr><td><p class="no-margin">A1</p></td><td style="background-color: #e3e7fa80; width: 159px;"><p class="no-margin">B1</p></td></tr></tbody></table></div>',
  'plain table':
    '<div class="intercom-interblocks-table-container"><table role="presentation"><tbody><tr><td><p class="no-margin"><b>Name</b></p></td><td><p class="no-margin"><b>Value</b></p></td></tr><tr><td><p class="no-margin">a | b</p></td><td><p class="no-margin">2</p></td></tr></tbody></table></div>',
  'callout in a cell':
    '<div class="intercom-interblocks-table-container"><table role="presentation"><tbody><tr><td><div class="intercom-interblocks-callout" style="background-color: #e3e7fa80; border-color: #334bfa33;"><p class="no-margin"><b>Note:</b> small</p></div></td></tr></tbody></table></div>',
  'lists in a cell':
    '<div class="intercom-interblocks-table-container"><table role="presentation"><tbody><tr><td><ul><li><p>outer</p><ul><li><p>inner</p></li></ul></li></ul></td></tr></tbody></table></div>',
  'images in text':
    '<p class="intercom-align-center no-margin"><img alt="" src="https://example.com/a.png" width="60"/> - <img alt="" src="https://example.com/b.png" width="104.55445544554455"/></p>',
  'link without address':
    '<p class="no-margin"><a class="intercom-content-link" target="_blank">chrome://settings</a></p>',
  button:
    '<div class="intercom-container intercom-align-center"><a class="intercom-h2b-button" target="_blank" href="https://example.com/go">Button</a></div>',
  'linked image':
    '<div class="intercom-container intercom-align-left"><a target="_blank" href="https://example.com/"><img src="https://downloads.intercomcdn.com/i/o/204049719/b41c9a81c13b8a91023df1e7/Image.jpg"/></a></div>',
  video:
    '<div class="intercom-h2b-video"><iframe src="https://www.youtube.com/embed/jqO8AQHj7Fw?rel=0" frameborder="0" webkitallowfullscreen mozallowfullscreen allowfullscreen></iframe></div>',
  image:
    '<div class="intercom-container"><img src="https://downloads.intercomcdn.com/i/o/1178797115/8f4c/image.png?expires=1781092800&amp;signature=14a7&amp;req=dSEg"/></div>',
  'image of Europe':
    '<img src="https://downloads.intercomcdn.eu/i/o/yr18hzl2/34463717/1b42/image.png?expires=1788620400&amp;signature=9a&amp;req=eS">',
  'nested lists':
    '<ul><li><p class="no-margin">outer</p><ol><li><p class="no-margin">inner</p></li><li><p class="no-margin">second</p></li></ol></li></ul>',
  marks:
    '<p class="no-margin">a<b>b</b>c <i>d</i><b>e</b> <b><i>f</i> g</b>, <code>h `i`</code>&nbsp;<b>&quot;j&quot;</b>k<br>l</p>',
};
