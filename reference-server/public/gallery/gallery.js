/** The gallery: all stories of the elements in one mode, or one story alone. Time stands still. */
import '/elements/aura-jobs.js';
import '/elements/locales/ar.js';
import { NOW } from './jobs.js';
import { showStory } from './show-story.js';
import { stories } from './stories.js';

const MODES = ['light', 'dark', 'rtl', 'narrow'];

const address = new URLSearchParams(location.search);
const mode = address.get('mode') ?? 'light';
const only = address.get('story') ?? '';
const root = document.documentElement;
const place = /** @type {HTMLElement} */ (document.getElementById('stories'));

/** @param {string} tag @param {string} text @param {Element} parent */
function add(tag, text, parent) {
  const element = document.createElement(tag);
  element.textContent = text;
  parent.append(element);
  return element;
}

/** @param {Record<string, string>} changes */
function addressWith(changes) {
  return `?${new URLSearchParams({ mode, ...changes })}`;
}

/** @param {import('./stories.js').Story} story @param {Element} grid */
async function frame(story, grid) {
  const figure = add('figure', '', grid);
  const caption = add('figcaption', '', figure);
  const link = /** @type {HTMLAnchorElement} */ (add('a', story.state, caption));
  link.href = addressWith({ story: story.id });
  // A dialog covers the page, so it is shown alone.
  if (story.modal && story.id !== only) add('p', 'Covers the page: open it alone.', figure).dir = 'ltr';
  else await showStory(story, figure);
}

Date.now = () => NOW;
root.dataset.mode = mode;
if (mode === 'rtl') Object.assign(root, { lang: 'ar', dir: 'rtl' });

const modes = /** @type {HTMLElement} */ (document.getElementById('modes'));
for (const name of MODES) {
  const link = /** @type {HTMLAnchorElement} */ (add('a', name, modes));
  link.href = addressWith({ mode: name, ...(only && { story: only }) });
  if (name === mode) link.setAttribute('aria-current', 'page');
}

let heading = '';
let grid = place;
for (const story of stories.filter(({ id }) => !only || id.startsWith(only))) {
  const group = `<${story.tag}> ${story.variant}`;
  if (group !== heading) {
    const section = add('section', '', place);
    section.id = `${story.tag}-${story.variant}`;
    add('h2', group, section).dir = 'ltr';
    grid = add('div', '', section);
    grid.className = `grid of-${story.tag}`;
  }
  heading = group;
  await frame(story, grid);
}
root.dataset.ready = '';
