/** The languages that come with the package: complete, with the right plural forms and numbers. */
import type { Translation } from '@aura-jobs/elements';
import { ar } from '@aura-jobs/elements/locales/ar';
import { de } from '@aura-jobs/elements/locales/de';
import { es } from '@aura-jobs/elements/locales/es';
import { fr } from '@aura-jobs/elements/locales/fr';
import { ja } from '@aura-jobs/elements/locales/ja';
import { ptBR } from '@aura-jobs/elements/locales/pt-BR';
import { zhCN } from '@aura-jobs/elements/locales/zh-CN';
import { expect } from '@open-wc/testing';
import { en } from '../../elements/src/locales/en.ts';
import type { Strings } from '../../elements/src/locales/en.ts';
import { formatsFor } from '../../elements/src/locales/formats.ts';

const LANGUAGES: Record<string, Translation> = { de, fr, es, 'pt-BR': ptBR, ja, 'zh-CN': zhCN, ar };

/** Counts at which some language changes its form. */
const COUNTS = [0, 1, 2, 5, 11, 100];

/** Every key, also of the tables inside, with what kind of text stands there. */
function shapeOf(table: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(table).map(([key, value]) => [
      key,
      typeof value === 'object' ? shapeOf(value as object) : typeof value === 'function' ? value.length > 0 : 'text',
    ]),
  );
}

/** What some languages share with English: numbers, and a few words. */
const ALIKE = /^(dir|percent|bytes|took|valueText|live|offline|steps\.TTS)$/;

/** Every text by its key, made with arguments that suit it. */
function textsOf(table: object, path = ''): [string, string][] {
  return Object.entries(table).flatMap(([key, value]: [string, unknown]) => {
    if (typeof value === 'object') return textsOf(value as object, `${key}.`);
    const args =
      key === 'item' ? ['Visuals', 3, 5] : /^(valueText|stoppedAt|spokenStep)$/.test(key) ? ['STEP', 8, 9] : [7, 8, 9];
    return [[path + key, typeof value === 'function' ? String(Reflect.apply(value, null, args)) : String(value)]];
  });
}

describe('languages', () => {
  for (const [tag, table] of Object.entries(LANGUAGES)) {
    it(`${tag} has every text that English has, and no other`, () => {
      expect(shapeOf(table)).to.deep.equal(shapeOf(en));
      expect(table.lang).to.equal(tag);
    });

    it(`${tag} says nothing in English and nothing empty`, () => {
      const english = new Map(textsOf(en));
      for (const [key, text] of textsOf(table)) {
        expect(text, key).to.match(/\S/);
        if (!ALIKE.test(key)) expect(text, key).not.to.equal(english.get(key));
      }
    });

    it(`${tag} leaves out nothing that a text is about`, () => {
      const { spokenStep, valueText, stoppedAt, failedIn, lastKnown, spokenFailed, dismiss, reconnecting } =
        table as Strings;
      expect(spokenStep('STEP', 2, 5)).to.match(/2.*5.*STEP/);
      for (const text of [valueText('STEP', 47), stoppedAt('STEP', 47)]) expect(text).to.match(/STEP.*47/s);
      for (const text of [failedIn('WHAT'), lastKnown('WHAT'), spokenFailed('WHAT'), dismiss('WHAT')]) {
        expect(text).to.contain('WHAT');
      }
      for (const part of ['2', '5', '4']) expect(reconnecting(2, 5, 4)).to.contain(part);
      for (const part of ['2', '5']) expect(reconnecting(2, 5, 0)).to.contain(part);
    });

    it(`${tag} is honest about the time that is left`, () => {
      const { remaining } = table as Strings;
      const said = [0, 12, 54, 55, 125, 3540, 3600, 3900].map((seconds) => remaining(seconds));
      expect(new Set(said).size, said.join(' | ')).to.equal(said.length);
      expect(said[0]).not.to.match(/\d/);
      expect(said[1]).to.contain('15');
      expect(said[5]).to.contain('59');
      expect(said.join()).not.to.match(/NaN|undefined/);
    });
  }

  it('use the plural forms of their language', () => {
    const said = (table: Translation): string[] => COUNTS.map((count) => (table as Strings).warnings(count));
    expect(said(de)).to.deep.equal([
      '0 Warnungen',
      '1 Warnung',
      '2 Warnungen',
      '5 Warnungen',
      '11 Warnungen',
      '100 Warnungen',
    ]);
    expect(said(fr).slice(0, 3)).to.deep.equal(['0 avertissement', '1 avertissement', '2 avertissements']);
    expect(said(es).slice(0, 3)).to.deep.equal(['0 advertencias', '1 advertencia', '2 advertencias']);
    expect(said(ptBR).slice(0, 3)).to.deep.equal(['0 aviso', '1 aviso', '2 avisos']);
    expect(said(ja).slice(0, 3)).to.deep.equal(['警告 0 件', '警告 1 件', '警告 2 件']);
    expect(said(zhCN).slice(0, 3)).to.deep.equal(['0 条警告', '1 条警告', '2 条警告']);
    expect(said(ar)).to.deep.equal(['لا تحذيرات', 'تحذير واحد', 'تحذيران', '5 تحذيرات', '11 تحذيرًا', '100 تحذير']);
  });

  it('say how many jobs are ahead in every plural form', () => {
    const said = (table: Translation): string[] => COUNTS.map((count) => (table as Strings).queuePosition(count));
    for (const table of Object.values(LANGUAGES)) expect(new Set(said(table)).size).to.equal(COUNTS.length);
    expect(said(ar).slice(0, 4)).to.deep.equal(['دورك التالي', 'مهمة واحدة قبلك', 'مهمتان قبلك', '5 مهام قبلك']);
  });

  it('write numbers as people of the language do', () => {
    const plain = (text: string): string => text.replace(/[\u00a0\u202f]/g, ' ').replaceAll('\u200e', '');
    const written = (tag: string): string[] => {
      const { percent, bytes, span } = formatsFor(tag);
      return [percent(47), bytes(2_400_000), span(185)].map(plain);
    };
    expect(written('de')).to.deep.equal(['47 %', '2,4 MB', '3 Min., 5 Sek.']);
    expect(written('fr')).to.deep.equal(['47 %', '2,4 Mo', '3 min 5 s']);
    expect(written('pt-BR')).to.deep.equal(['47%', '2,4 MB', '3 min 5 s']);
    expect(written('zh-CN')).to.deep.equal(['47%', '2.4 MB', '3分钟5秒']);
    expect(written('ar')).to.deep.equal(['47%', '2.4 م.ب', '3 د و5 ث']);
  });
});
