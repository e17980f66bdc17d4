/** Puts a story on the page: the element, its job, and what a person has done. */
import { scriptedSource } from './scripted-source.js';

/** @typedef {import('./stories.js').Story} Story */

/**
 * @param {Story} story
 * @param {HTMLElement} place
 * @returns {Promise<HTMLElement>} the element, once it shows the story
 */
export async function showStory(story, place) {
  const { tag, variant, snapshot, jobId, clicks, slots, set } = story;
  const element = /** @type {any} */ (document.createElement(tag));
  const client = scriptedSource({ ...story, snapshot: snapshot && structuredClone(snapshot) });
  Object.assign(element, { client, jobId, variant, cancellable: true, open: variant === 'drawer', ...set });
  if (slots) element.innerHTML = slots;
  place.append(element);
  await settled(element);
  // A list paints what it has loaded with the page's clock.
  if (tag === 'aura-job-list') await new Promise((resolve) => setTimeout(resolve, 150));
  for (const part of clicks) {
    const found = buttonOf(element, part);
    (found.querySelector(':scope > summary') ?? found).click();
    await settled(element);
  }
  // Only what covers the page has the focus: beside other stories it would be one's that happened to come last.
  if (!story.modal) element.shadowRoot.activeElement?.blur();
  return element;
}

/** @param {any} element */
async function settled(element) {
  await element.updateComplete;
  // What comes of a click may come after a task, such as that a fold has opened.
  await new Promise((resolve) => setTimeout(resolve, 0));
  await element.updateComplete;
}

/** The part that a person would click: that of the open dialog, if there is one. @param {any} element @param {string} part */
function buttonOf(element, part) {
  const top = element.shadowRoot.querySelector('dialog:not([part~=drawer])[open]') ?? element.shadowRoot;
  return top.querySelector(`[part~="${part}"]`);
}
