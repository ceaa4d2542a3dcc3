// A colour and a letter for everybody, the same on every page.

export function hue(name) {
  let sum = 2166136261; // FNV-1a
  for (const character of name.toLowerCase())
    sum = Math.imul(sum ^ character.codePointAt(0), 16777619) >>> 0;
  return ((sum >>> 9) % 345) * (360 / 345);
}

export function paint(element, name) {
  element.style.setProperty("--hue", hue(name).toFixed(0));
  return element;
}

export function face(name) {
  const circle = make("span", "face", [...name][0].toUpperCase());
  circle.setAttribute("aria-hidden", "true");
  return paint(circle, name);
}

// An element whose content is text and can be nothing else.
export function make(tag, className, text) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}
