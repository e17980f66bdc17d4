/** The form that starts a job: reads it, shows what is wrong at the field, and takes it back on the next input. */
import { isAuraError } from '/elements/aura-jobs.js';

/** @typedef {Record<string, string[]>} FieldErrors messages by field name; by '' what belongs to no field */

/** @param {string} id */
const byId = (id) => /** @type {any} */ (document.getElementById(id));

const form = /** @type {HTMLFormElement} */ (byId('brief'));
const topic = /** @type {HTMLTextAreaElement} */ (byId('topic'));
const duration = /** @type {HTMLSelectElement} */ (byId('duration'));
const target = /** @type {HTMLInputElement} */ (byId('target'));
const submit = /** @type {HTMLButtonElement} */ (form.querySelector('.submit'));

/** Calls `start` with the request, shows why it was refused. @param {(request: object) => Promise<void>} start */
export function onSubmit(start) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    if (submit.getAttribute('aria-disabled') === 'true') return;
    showErrors({});
    if (topic.value.trim() === '') return showErrors({ 'brief.topic': ['Say what the video is about.'] });
    setBusy(true);
    try {
      await start(readForm());
    } catch (error) {
      showErrors(errorsOf(error));
    } finally {
      setBusy(false);
    }
  });
}

/** Sends the form once more, about this. @param {string} about */
export function submitAgain(about) {
  topic.value = about;
  form.requestSubmit();
}

/** @param {boolean} busy */
function setBusy(busy) {
  submit.textContent = busy ? 'Starting…' : 'Make the video';
  // Not `disabled`: the button has just been used and must not lose the focus.
  if (busy) submit.setAttribute('aria-disabled', 'true');
  else submit.removeAttribute('aria-disabled');
}

/** Object of the dotted field names, such as `brief.topic`. */
function readForm() {
  /** @type {Record<string, Record<string, string>>} */
  const request = {};
  for (const [name, value] of new FormData(form)) {
    const [part, field] = name.split('.');
    (request[part] ??= {})[field] = String(value).trim();
  }
  return request;
}

/** @param {FieldErrors} errors */
function showErrors(errors) {
  const left = { ...errors };
  let first = /** @type {HTMLElement | undefined} */ (undefined);
  for (const control of /** @type {Iterable<HTMLInputElement>} */ (form.elements)) {
    const place = placeOf(control);
    if (!place) continue;
    const messages = errors[control.name];
    place.textContent = messages ? sentence(messages.join('; ')) : '';
    control.removeAttribute('aria-invalid');
    if (messages) {
      control.setAttribute('aria-invalid', 'true');
      first ??= control;
    }
    delete left[control.name];
  }
  byId('form-error').textContent = Object.entries(left)
    .map(([field, messages]) => sentence(`${field} ${messages.join('; ')}`.trim()))
    .join(' ');
  first?.focus();
}

/** Where a control's error goes. @param {HTMLInputElement} control */
function placeOf(control) {
  return control.name ? document.getElementById(`${control.type === 'radio' ? control.name : control.id}-error`) : null;
}

/** @param {string} text */
function sentence(text) {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;
}

/** @param {unknown} error @returns {FieldErrors} */
function errorsOf(error) {
  if (!isAuraError(error)) return { '': [String(error)] };
  const { problem, status, message } = error;
  if (status === undefined) return { '': ['The server does not answer. Is it still running?'] };
  return problem?.errors ?? { [problem?.field ?? '']: [problem?.detail ?? message] };
}

form.addEventListener('input', ({ target: changed }) => {
  const control = /** @type {HTMLInputElement} */ (changed);
  byId('form-error').textContent = '';
  const place = placeOf(control === /** @type {HTMLElement} */ (duration) ? target : control);
  if (!place) return;
  place.textContent = '';
  for (const part of form.querySelectorAll(`[aria-describedby~="${CSS.escape(place.id)}"]`)) {
    part.removeAttribute('aria-invalid');
  }
});

duration.addEventListener('change', () => {
  const other = duration.value === '';
  target.hidden = byId('target-hint').hidden = !other;
  if (other) target.focus();
  else target.value = duration.value;
});

// The example is there to be replaced by the first key.
topic.addEventListener(
  'focus',
  () => {
    if (topic.value !== topic.defaultValue) return;
    // A click that brings the focus puts the caret somewhere afterwards.
    if (topic.matches(':active')) topic.addEventListener('click', () => topic.select(), { once: true });
    else topic.select();
  },
  { once: true },
);
