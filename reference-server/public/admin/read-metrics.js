/** The figures of `/metrics`, read from the text that Prometheus reads. */

/**
 * @typedef {object} Sample
 * @property {string} name
 * @property {Record<string, string>} labels
 * @property {number} value
 */

const LINE = /^(\w+)(?:\{(.*)\})? (\S+)$/;
const LABEL = /(\w+)="((?:[^"\\]|\\.)*)"/g;

export class Metrics {
  /** @type {readonly Sample[]} */
  #samples;

  /** @param {string} text answer of `/metrics` */
  constructor(text) {
    this.#samples = text.split('\n').flatMap((line) => {
      const [, name, labels = '', value] = LINE.exec(line) ?? [];
      if (name === undefined) return [];
      const pairs = [...labels.matchAll(LABEL)].map(([, label, given]) => [label, given]);
      return [{ name, labels: Object.fromEntries(pairs), value: Number(value) }];
    });
  }

  /** Sum over what the labels leave open; 0 when nothing is counted yet. @param {string} name @param {Record<string, string>} [labels] */
  sum(name, labels = {}) {
    return this.all(name)
      .filter((sample) => Object.entries(labels).every(([label, value]) => sample.labels[label] === value))
      .reduce((sum, { value }) => sum + value, 0);
  }

  /** @param {string} name @returns {readonly Sample[]} */
  all(name) {
    return this.#samples.filter((sample) => sample.name === name);
  }
}
