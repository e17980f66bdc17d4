/** German. */
import { formatsFor } from './formats.ts';
import type { Translation } from './strings.ts';

const { percent, span, bytes, number, plural } = formatsFor('de');

export const de: Translation = {
  lang: 'de',
  dir: 'ltr',
  steps: {
    Script: 'Drehbuch',
    TTS: 'Sprecher',
    Visuals: 'Bilder',
    Composition: 'Schnitt',
    Rendering: 'Ausgabe',
  },
  stepStatus: {
    Pending: 'Wartet',
    Running: 'Läuft',
    Succeeded: 'Fertig',
    Failed: 'Fehlgeschlagen',
    Skipped: 'Übersprungen',
    Canceled: 'Abgebrochen',
    Left: 'Nicht gemacht',
    Last: 'Letzter Stand',
  },
  label: 'Fortschritt des Videos',

  idle: 'Noch kein Auftrag.',
  loading: 'Auftrag wird geladen …',
  missing: 'Auftrag nicht gefunden',
  missingDetail: 'Er ist vielleicht abgelaufen oder gehört jemand anderem.',
  denied: 'Kein Zugriff',
  deniedDetail: 'Sie dürfen diesen Auftrag nicht sehen. Melden Sie sich an und verbinden Sie sich neu.',
  lost: 'Verbindung verloren',
  lostDetail: 'Die Arbeit auf dem Server geht weiter. Diese Seite kann sie nur gerade nicht sehen.',

  queued: 'Wartet auf den Start',
  running: 'Ihr Video entsteht',
  paused: 'Angehalten',
  succeeded: 'Ihr Video ist fertig',
  failed: 'Das Video konnte nicht erstellt werden',
  canceled: 'Abgebrochen',
  succeededShort: 'Fertig',
  lastKnown: (what) => `Letzter Stand: ${what}`,

  percent,
  queuePosition: (ahead) =>
    ahead === 0
      ? 'Als Nächstes an der Reihe'
      : plural(ahead, { one: 'Noch 1 Auftrag davor', other: `Noch ${number(ahead)} Aufträge davor` }),
  item: (stage, item, of) =>
    stage === 'TTS' || stage === 'Visuals'
      ? `Szene ${number(item)} von ${number(of)}`
      : `${number(item)} von ${number(of)}`,
  elapsed: (seconds) => `seit ${span(seconds)}`,
  took: (seconds) => (seconds < 1 ? `<${span(1)}` : span(seconds)),
  madeIn: (seconds) => `Erstellt in ${span(seconds)}`,
  attempt: (attempt) => `${number(attempt)}. Versuch`,
  bytes,

  remainingUnknown: 'Restzeit unbekannt',
  remaining(seconds) {
    if (seconds < 5) return 'noch ein paar Sekunden';
    if (seconds < 55) return `noch etwa ${span(Math.ceil(seconds / 5) * 5)}`;
    const minutes = Math.round(seconds / 60);
    if (minutes < 60) return `noch etwa ${number(minutes)} Min.`;
    return `noch etwa ${span(minutes * 60)}`;
  },

  valueText: (step, done) => `${step}, ${percent(done)}`,
  stoppedAt: (step, done) => `Beendet bei „${step}“, ${percent(done)}.`,
  failedIn: (step) => `Fehlgeschlagen bei „${step}“`,
  stalled: (seconds, step, done) =>
    `Seit ${span(seconds)} hat sich nichts bewegt („${step}“, ${percent(done)}). Es kann noch weitergehen; Sie können warten oder abbrechen.`,

  connecting: 'Verbindung wird aufgebaut …',
  live: 'Live',
  polling: 'Live, wird laufend abgefragt',
  offline: 'Offline',
  reconnecting: (attempt, of, seconds) =>
    seconds > 0
      ? `Neue Verbindung, Versuch ${number(attempt)} von ${number(of)} in ${span(seconds)}`
      : `Neue Verbindung, Versuch ${number(attempt)} von ${number(of)} …`,
  reconnect: 'Neu verbinden',

  cancel: 'Abbrechen',
  cancelling: 'Wird abgebrochen …',
  cancelTitle: 'Dieses Video abbrechen?',
  cancelText:
    'Die Arbeit endet sofort, und ihre Zwischendateien werden gelöscht. Das lässt sich nicht rückgängig machen.',
  cancelYes: 'Video abbrechen',
  cancelNo: 'Weitermachen',
  refusedCancel: 'Das Video konnte nicht abgebrochen werden.',

  retry: 'Noch einmal versuchen',
  retrying: 'Wird neu gestartet …',
  refusedRetry: 'Ein neuer Versuch war nicht möglich.',

  stepsTitle: 'Schritte',
  warnings: (count) => plural(count, { one: '1 Warnung', other: `${number(count)} Warnungen` }),
  olderWarnings: (count) =>
    plural(count, { one: '1 ältere im Protokoll', other: `${number(count)} ältere im Protokoll` }),
  dismiss: (message) => `Ausblenden: ${message}`,
  log: 'Protokoll',
  details: 'Technische Einzelheiten',
  downloads: 'Dateien',
  moreFiles: 'Weitere Dateien',
  subtitles: 'Untertitel',
  reference: 'Referenz',
  copy: 'Kopieren',
  copied: 'Kopiert',
  noPlayer: 'Die Adresse des Videos lässt sich von dieser Seite aus nicht öffnen:',
  noFiles: 'Das Video und seine Dateien lassen sich gerade nicht öffnen. Diese Seite versucht es weiter.',

  close: 'Schließen',
  copyLink: 'Link kopieren',
  linkEnds: 'Der Link gilt einige Minuten.',
  follow: 'Mitlaufen',
  queuedSince: (time) => `wartet seit ${time}`,
  lastNews: (seconds) => `zuletzt vor ${span(seconds)}`,
  jobs: 'Aufträge',
  jobsLoading: 'Aufträge werden geladen …',
  jobsFailed: 'Die Aufträge konnten nicht geladen werden.',
  noJobs: 'Noch keine Aufträge.',
  noneLikeThis: 'Kein Auftrag ist in diesem Zustand.',
  jobStatus: {
    All: 'Alle',
    Running: 'Laufend',
    Queued: 'Wartend',
    Succeeded: 'Fertig',
    Failed: 'Fehlgeschlagen',
    Canceled: 'Abgebrochen',
  },
  openJob: (title) => `Öffnen: ${title}`,
  selectJob: (title) => `Auswählen: ${title}`,
  selectAll: 'Alle auswählen, die sich abbrechen lassen',
  retryJob: (title) => `Noch einmal versuchen: ${title}`,
  cancelMany: (count) => plural(count, { one: '1 Auftrag abbrechen', other: `${number(count)} Aufträge abbrechen` }),
  cancelManyTitle: (count) =>
    plural(count, { one: 'Dieses Video abbrechen?', other: `${number(count)} Videos abbrechen?` }),
  cancelManyYes: (count) => plural(count, { one: 'Video abbrechen', other: `${number(count)} Videos abbrechen` }),
  clear: 'Beendete entfernen',
  clearTitle: (count) =>
    plural(count, { one: '1 beendeten Auftrag löschen?', other: `${number(count)} beendete Aufträge löschen?` }),
  clearText: 'Auch die Videos und Dateien werden gelöscht. Das lässt sich nicht rückgängig machen.',
  clearYes: 'Löschen',
  clearNo: 'Behalten',
  refusedMany: (count, reason) =>
    plural(count, {
      one: `Bei 1 Auftrag ging es nicht. ${reason}`,
      other: `Bei ${number(count)} Aufträgen ging es nicht. ${reason}`,
    }),

  spokenQueued: 'Wartet auf den Start.',
  spokenStep: (step, position, of) => `Schritt ${number(position)} von ${number(of)}: ${step}.`,
  spokenSucceeded: 'Ihr Video ist fertig.',
  spokenFailed: (reason) => `Das Video konnte nicht erstellt werden. ${reason}`,
  spokenCanceled: 'Der Auftrag wurde abgebrochen.',
  spokenStalled: 'Seit einer Weile hat sich nichts bewegt.',
  spokenLost: 'Verbindung verloren.',
};
