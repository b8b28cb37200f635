// The packed data of the page: JSON or a script, deflated, in base 64.
const element = (id) => document.getElementById(id);

function bytesOf(id) {
  const text = atob(element(id).textContent);
  element(id).remove();
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) bytes[at] = text.charCodeAt(at);
  return bytes;
}

async function inflated(id) {
  const stream = new Blob([bytesOf(id)]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Response(stream).text();
}

const unpacked = async (id) => JSON.parse(await inflated(id));

// Everything that comes from an article is set as text, never as markup.
function made(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

function drawnShape(tag, attributes = {}, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}
