/** `setStrings`: the page adds languages and overrides texts; a language serves its relatives. */
import { AuraJobProgress, setStrings } from '@aura-jobs/elements';
import { de } from '@aura-jobs/elements/locales/de';
import { ptBR } from '@aura-jobs/elements/locales/pt-BR';
import { zhCN } from '@aura-jobs/elements/locales/zh-CN';
import { expect } from '@open-wc/testing';
import { stringsFor } from '../../elements/src/locales/strings.ts';
import { ElementHarness } from '../support/element-harness.ts';
import { queued, upToVisuals } from '../support/job-script.ts';

before(() => {
  for (const [tag, strings] of Object.entries({ de, 'pt-BR': ptBR, 'zh-CN': zhCN })) setStrings(tag, strings);
});

describe('the page’s own texts', () => {
  afterEach(() => setStrings('en', { cancel: 'Cancel', steps: { Script: 'Script' } }));

  it('override single ones, at once, and leave the rest', async () => {
    const harness = await ElementHarness.show(AuraJobProgress, { cancellable: true });
    harness.client.job().tell(...upToVisuals);
    await harness.ticked();
    setStrings('en', { cancel: 'Stop it', steps: { Script: 'Text' } });
    await harness.painted();

    expect(harness.text('cancel-button')).to.equal('Stop it');
    expect(harness.text('stage')).to.equal('Visuals');
    expect(stringsFor('en').steps).to.include({ Script: 'Text', TTS: 'Narration' });
    expect(stringsFor('de').cancel).to.equal('Abbrechen');
  });

  it('add a language, English where it has gaps', async () => {
    setStrings('nl', { queued: 'Wacht om te beginnen' });
    const harness = await ElementHarness.show(AuraJobProgress, { lang: 'nl-BE' });
    harness.client.job().tell(queued);
    await harness.painted();

    expect(harness.text('stage')).to.equal('Wacht om te beginnen');
    expect(stringsFor('nl').running).to.equal('Making your video');
  });

  it('may be those of a region', () => {
    setStrings('de-CH', { cancel: 'Stoppen' });

    expect([stringsFor('de-CH').cancel, stringsFor('de-AT').cancel, stringsFor('DE').cancel]).to.deep.equal([
      'Stoppen',
      'Abbrechen',
      'Abbrechen',
    ]);
    expect(stringsFor('de-CH').retry).to.equal('Noch einmal versuchen');
  });

  it('serve relatives that are written alike, and no others', () => {
    expect(stringsFor('pt-PT').lang).to.equal('pt-BR');
    expect(stringsFor('zh').lang).to.equal('zh-CN');
    expect(stringsFor('zh-Hans-SG').lang).to.equal('zh-CN');
    expect(stringsFor('zh-TW').lang).to.equal('en');
    expect(stringsFor('not a tag').lang).to.equal('en');
  });
});
