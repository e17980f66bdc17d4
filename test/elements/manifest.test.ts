/** Whatever the manifest documents is there: it drives the real elements through every story of the gallery. */
import '@aura-jobs/elements/define';
import { expect, waitUntil } from '@open-wc/testing';
import type { LitElement } from 'lit';
import { place } from '../support/element-harness.ts';
import { declarations } from './custom-elements.ts';
import type { Declaration } from './custom-elements.ts';
import { loadGallery } from './gallery-stories.ts';

const gallery = await loadGallery();

/** What all stories of an element show, taken together. */
interface Seen {
  parts: Set<string>;
  slots: Set<string>;
  states: Set<string>;
}

async function seeAll({ tagName, cssStates }: Declaration): Promise<Seen> {
  const seen: Seen = { parts: new Set(), slots: new Set(), states: new Set() };
  const stories = gallery.stories.filter(({ tag }) => tag === tagName);
  for (const story of stories.length > 0 ? stories : [undefined]) {
    const element = story
      ? ((await gallery.showStory(story, place())) as LitElement)
      : (place().appendChild(document.createElement(tagName)) as LitElement);
    await element.updateComplete;
    for (const part of element.renderRoot.querySelectorAll('[part]')) {
      for (const name of part.getAttribute('part')!.split(/\s+/)) seen.parts.add(name);
    }
    // A list has one for each of its jobs.
    for (const { name } of element.renderRoot.querySelectorAll('slot'))
      seen.slots.add(name.replace(/^about-.+$/, 'about-JOBID'));
    for (const { name } of cssStates) if (element.matches(`:state(${name})`)) seen.states.add(name);
    element.remove();
  }
  return seen;
}

const { now } = Date;
before(() => void (Date.now = () => gallery.NOW));
after(() => void (Date.now = now));

for (const declaration of declarations) {
  const { tagName, attributes, members, slots, cssParts, cssProperties, cssStates } = declaration;

  describe(`<${tagName}> as documented`, () => {
    let seen: Seen;
    before(async function look() {
      this.timeout(60_000);
      seen = await seeAll(declaration);
    });

    it('has every attribute, and a property that takes its value', async () => {
      for (const { name, type, fieldName, reflects } of attributes) {
        const element = place().appendChild(document.createElement(tagName)) as LitElement & Record<string, unknown>;
        const values = [...type.text.matchAll(/'([^']+)'/g)].map(([, value]) => value!);
        const value = type.text === 'boolean' ? '' : (values.at(-1) ?? 'x-1');
        element.setAttribute(name, value);
        await element.updateComplete;

        expect(element[fieldName ?? name], name).to.equal(type.text === 'boolean' ? true : value);
        if (reflects) expect(element.getAttribute(name), name).to.equal(value);
      }
    });

    it('has every property, and updates when it is set', () => {
      const { elementProperties } = customElements.get(tagName) as typeof LitElement;
      for (const { name } of members) expect([...elementProperties.keys()], name).to.include(name);
    });

    it('shows every part', () => {
      const also = cssParts.flatMap(({ description }) =>
        [...description.matchAll(/`([\w-]+-button)`/g)].map(([, name]) => name!),
      );
      const names = [...cssParts.map(({ name }) => name), ...also];
      expect(names.filter((name) => !seen.parts.has(name))).to.deep.equal([]);
      expect(
        [...seen.parts].filter((name) => !names.includes(name)),
        'not documented',
      ).to.deep.equal([]);
    });

    it('has every slot', () => {
      const names = slots.map(({ name }) => name);
      expect(names.filter((name) => !seen.slots.has(name))).to.deep.equal([]);
      expect(
        [...seen.slots].filter((name) => !names.includes(name)),
        'not documented',
      ).to.deep.equal([]);
    });

    it('shows every state', async () => {
      const missing = cssStates.map(({ name }) => name).filter((name) => !seen.states.has(name));
      // One state is not of the job, but of the page.
      expect(missing.filter((name) => name !== 'offscreen')).to.deep.equal([]);
      if (!missing.includes('offscreen')) return;
      const element = place().appendChild(document.createElement(tagName));
      element.style.marginBlockStart = '500vh';
      await waitUntil(() => element.matches(':state(offscreen)'));
    });

    it('reads every custom property', () => {
      const { elementStyles } = customElements.get(tagName) as typeof LitElement;
      const css = elementStyles.map((style) => ('cssText' in style ? style.cssText : '')).join('\n');
      for (const { name } of cssProperties) expect(css.includes(`var(${name}`), name).to.equal(true);
    });
  });
}

describe('the gallery', () => {
  it('has a story for every variant that is documented', () => {
    for (const { tagName, attributes } of declarations) {
      const variant = attributes.find(({ name }) => name === 'variant');
      if (!variant) continue;
      const values = [...variant.type.text.matchAll(/'([^']+)'/g)].map(([, value]) => value);
      expect(gallery.VARIANTS[tagName], tagName).to.have.members(values);
    }
  });
});
