/** Numbers, sizes, spans and plural forms as one language writes them. */
import { formatBytes, formatNumber, formatSpan } from '../shared/format.ts';

/** One text per plural form that the language has; `other` is the form for all else. */
export type PluralForms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

export interface Formats {
  number: (value: number) => string;
  /** Of a whole number such as 47. */
  percent: (percent: number) => string;
  span: (seconds: number) => string;
  bytes: (bytes: number) => string;
  plural: (count: number, forms: PluralForms) => string;
}

/** Nothing is made before it is asked for. */
export function formatsFor(language: string): Formats {
  let rules: Intl.PluralRules | undefined;
  return {
    number: (value) => formatNumber(value, language),
    percent: (percent) => formatNumber(percent / 100, language, { style: 'percent' }),
    span: (seconds) => formatSpan(seconds, language, 'short'),
    bytes: (bytes) => formatBytes(bytes, language),
    plural: (count, forms) => forms[(rules ??= new Intl.PluralRules(language)).select(count)] ?? forms.other,
  };
}
