// The packed data of the page: JSON, deflated, in base 64.
const element = (id) => document.getElementById(id);

async function unpacked(id) {
  const packed = Uint8Array.from(atob(element(id).textContent), (c) => c.charCodeAt(0));
  element(id).remove();
  const inflated = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  return JSON.parse(await new Response(inflated).text());
}

// Everything that comes from an article is set as text, never as markup.
function made(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}
