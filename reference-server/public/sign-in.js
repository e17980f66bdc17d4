/** Asks for a token where the server wants one, and keeps it in the memory of this page alone: a reload forgets it. */

/**
 * @typedef {object} Session
 * @property {() => string} token empty where nobody has to sign in
 * @property {(path: string) => Promise<Response>} ask fetches with the token
 * @property {<T>(work: () => Promise<T>) => Promise<T>} renewing does it again after a new sign-in, should the token have ended
 * @property {(why: string) => Promise<void>} renew asks for another token
 */

const FORM = `
  <form class="panel sign-in" novalidate>
    <h1>Sign in</h1>
    <p class="lead"></p>
    <div class="field">
      <label for="token">Token or API key</label>
      <input id="token" type="password" autocomplete="off" spellcheck="false" aria-describedby="token-error token-hint" required />
      <p class="error" id="token-error" role="alert"></p>
      <p class="hint" id="token-hint">It is kept in the memory of this page alone. A reload forgets it.</p>
    </div>
    <button class="submit" type="submit">Sign in</button>
  </form>`;

/**
 * Resolves when the server answers `path`: at once where nobody has to sign in.
 *
 * @param {object} options
 * @param {string} options.path what a person who is signed in here may read
 * @param {string} options.lead says who is to sign in
 * @param {HTMLElement} options.page hidden meanwhile
 * @returns {Promise<Session>}
 */
export async function signIn({ path, lead, page }) {
  let token = '';
  let renewal = /** @type {Promise<void> | undefined} */ (undefined);
  /** @param {string} asked @param {string} [credential] */
  const ask = (asked, credential = token) =>
    fetch(asked, { headers: credential ? { Authorization: `Bearer ${credential}` } : {} });
  /** @param {string} why */
  const renew = (why) =>
    (renewal ??= askPerson({ page, lead, why, check: (given) => whyNot(() => ask(path, given)) }).then((given) => {
      token = given;
      renewal = undefined;
    }));
  /** @type {Session['renewing']} */
  const renewing = async (work) => {
    try {
      return await work();
    } catch (error) {
      if (/** @type {{ status?: number }} */ (error).status !== 401) throw error;
      await renew('Your token has ended. Sign in again.');
      return work();
    }
  };

  const first = await ask(path).catch(() => undefined);
  // A server that does not answer now is the page's own trouble: it says so, and tries again.
  if (first?.status === 401) await renew('');
  return { token: () => token, ask, renewing, renew };
}

/** @param {() => Promise<Response>} request @returns {Promise<string>} empty when it is answered */
async function whyNot(request) {
  try {
    const answer = await request();
    if (answer.ok) return '';
    return (await answer.json()).detail;
  } catch {
    return 'The server does not answer. Is it still running?';
  }
}

/**
 * Shows the form until what a person gives is good.
 *
 * @param {{ page: HTMLElement, lead: string, why: string, check: (token: string) => Promise<string> }} options
 * @returns {Promise<string>} the token
 */
function askPerson({ page, lead, why, check }) {
  const place = document.createElement('main');
  place.className = 'sign-in-place';
  place.innerHTML = FORM;
  const form = /** @type {HTMLFormElement} */ (place.querySelector('form'));
  const input = /** @type {HTMLInputElement} */ (place.querySelector('input'));
  const error = /** @type {HTMLElement} */ (place.querySelector('.error'));
  const submit = /** @type {HTMLButtonElement} */ (place.querySelector('.submit'));
  /** @type {HTMLElement} */ (place.querySelector('.lead')).textContent = lead;
  const before = document.activeElement;

  /** @param {string} text */
  function refuse(text) {
    error.textContent = text;
    input.toggleAttribute('aria-invalid', text !== '');
    if (text) input.setAttribute('aria-invalid', 'true');
  }

  page.hidden = true;
  page.before(place);
  refuse(why);
  input.focus();
  input.addEventListener('input', () => refuse(''));
  return new Promise((resolve) => {
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      if (submit.getAttribute('aria-disabled') === 'true') return;
      const token = input.value.trim();
      submit.setAttribute('aria-disabled', 'true');
      const no = token ? await check(token) : 'Give a token or an API key.';
      submit.removeAttribute('aria-disabled');
      if (no) {
        refuse(no);
        input.focus();
        return;
      }
      place.remove();
      page.hidden = false;
      if (before instanceof HTMLElement && before !== document.body) before.focus();
      resolve(token);
    });
  });
}
