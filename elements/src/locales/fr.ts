/** French. */
import { formatsFor } from './formats.ts';
import type { Translation } from './strings.ts';

const { percent, span, bytes, number, plural } = formatsFor('fr');

export const fr: Translation = {
  lang: 'fr',
  dir: 'ltr',
  steps: {
    Script: 'Scénario',
    TTS: 'Narration',
    Visuals: 'Visuels',
    Composition: 'Montage',
    Rendering: 'Rendu',
  },
  stepStatus: {
    Pending: 'En attente',
    Running: 'En cours',
    Succeeded: 'Terminé',
    Failed: 'Échec',
    Skipped: 'Ignoré',
    Canceled: 'Annulé',
    Left: 'Non effectué',
    Last: 'Dernier état connu',
  },
  label: 'Progression de la vidéo',

  idle: 'Aucune tâche à afficher pour l’instant.',
  loading: 'Chargement de la tâche…',
  missing: 'Tâche introuvable',
  missingDetail: 'Elle a peut-être expiré ou appartient à quelqu’un d’autre.',
  denied: 'Accès refusé',
  deniedDetail: 'Vous n’avez pas accès à cette tâche. Identifiez-vous, puis reconnectez-vous.',
  lost: 'Connexion perdue',
  lostDetail: 'Le travail continue sur le serveur. Cette page ne peut simplement pas le voir pour le moment.',

  queued: 'En attente de démarrage',
  running: 'Création de votre vidéo',
  paused: 'En pause',
  succeeded: 'Votre vidéo est prête',
  failed: 'La vidéo n’a pas pu être créée',
  canceled: 'Annulée',
  succeededShort: 'Prête',
  lastKnown: (what) => `Dernier état connu : ${what}`,

  percent,
  queuePosition: (ahead) =>
    ahead === 0
      ? 'Prochaine dans la file'
      : plural(ahead, { one: `${number(ahead)} tâche devant`, other: `${number(ahead)} tâches devant` }),
  item: (stage, item, of) =>
    stage === 'TTS' || stage === 'Visuals'
      ? `scène ${number(item)} sur ${number(of)}`
      : `${number(item)} sur ${number(of)}`,
  elapsed: (seconds) => `depuis ${span(seconds)}`,
  took: (seconds) => (seconds < 1 ? `< ${span(1)}` : span(seconds)),
  madeIn: (seconds) => `Créée en ${span(seconds)}`,
  attempt: (attempt) => `Essai n° ${number(attempt)}`,
  bytes,

  remainingUnknown: 'temps restant inconnu',
  remaining(seconds) {
    if (seconds < 5) return 'encore quelques secondes';
    if (seconds < 55) return `encore ${span(Math.ceil(seconds / 5) * 5)} environ`;
    const minutes = Math.round(seconds / 60);
    if (minutes < 60) return `encore ${number(minutes)} min environ`;
    return `encore ${span(minutes * 60)} environ`;
  },

  valueText: (step, done) => `${step}, ${percent(done)}`,
  stoppedAt: (step, done) => `Arrêtée à l’étape « ${step} », à ${percent(done)}.`,
  failedIn: (step) => `Échec à l’étape « ${step} »`,
  stalled: (seconds, step, done) =>
    `Rien n’a bougé depuis ${span(seconds)} (${step}, ${percent(done)}). Cela peut encore reprendre ; vous pouvez attendre ou annuler.`,

  connecting: 'Connexion…',
  live: 'En direct',
  polling: 'En direct, vérifications fréquentes',
  offline: 'Hors ligne',
  reconnecting: (attempt, of, seconds) =>
    seconds > 0
      ? `Reconnexion ${number(attempt)} sur ${number(of)} dans ${span(seconds)}`
      : `Reconnexion ${number(attempt)} sur ${number(of)}…`,
  reconnect: 'Se reconnecter',

  cancel: 'Annuler',
  cancelling: 'Annulation…',
  cancelTitle: 'Annuler cette vidéo ?',
  cancelText: 'Le travail s’arrête aussitôt et ses fichiers temporaires sont supprimés. C’est irréversible.',
  cancelYes: 'Annuler la vidéo',
  cancelNo: 'Continuer',
  refusedCancel: 'L’annulation n’a pas abouti.',

  retry: 'Réessayer',
  retrying: 'Redémarrage…',
  refusedRetry: 'Le redémarrage n’a pas abouti.',

  stepsTitle: 'Étapes',
  warnings: (count) =>
    plural(count, { one: `${number(count)} avertissement`, other: `${number(count)} avertissements` }),
  olderWarnings: (count) =>
    plural(count, {
      one: `${number(count)} plus ancien dans le journal`,
      other: `${number(count)} plus anciens dans le journal`,
    }),
  dismiss: (message) => `Masquer : ${message}`,
  log: 'Journal',
  details: 'Détails techniques',
  downloads: 'Fichiers',
  moreFiles: 'Autres fichiers',
  subtitles: 'Sous-titres',
  reference: 'Référence',
  copy: 'Copier',
  copied: 'Copié',
  noPlayer: 'L’adresse de la vidéo ne peut pas être ouverte depuis cette page :',
  noFiles: 'La vidéo et ses fichiers ne peuvent pas être ouverts pour le moment. Cette page réessaie.',

  close: 'Fermer',
  copyLink: 'Copier le lien',
  linkEnds: 'Le lien est valable quelques minutes.',
  follow: 'Suivre',
  queuedSince: (time) => `en attente depuis ${time}`,
  lastNews: (seconds) => `dernières nouvelles il y a ${span(seconds)}`,
  jobs: 'Tâches',
  jobsLoading: 'Chargement des tâches…',
  jobsFailed: 'Les tâches n’ont pas pu être chargées.',
  noJobs: 'Aucune tâche pour l’instant.',
  noneLikeThis: 'Aucune tâche dans cet état.',
  jobStatus: {
    All: 'Toutes',
    Running: 'En cours',
    Queued: 'En attente',
    Succeeded: 'Prêtes',
    Failed: 'En échec',
    Canceled: 'Annulées',
  },
  openJob: (title) => `Ouvrir : ${title}`,
  selectJob: (title) => `Sélectionner : ${title}`,
  selectAll: 'Sélectionner tout ce qui peut être annulé',
  retryJob: (title) => `Réessayer : ${title}`,
  cancelMany: (count) =>
    plural(count, { one: `Annuler ${number(count)} tâche`, other: `Annuler ${number(count)} tâches` }),
  cancelManyTitle: (count) =>
    plural(count, { one: 'Annuler cette vidéo ?', other: `Annuler ${number(count)} vidéos ?` }),
  cancelManyYes: (count) => plural(count, { one: 'Annuler la vidéo', other: `Annuler ${number(count)} vidéos` }),
  clear: 'Effacer les terminées',
  clearTitle: (count) =>
    plural(count, {
      one: `Supprimer ${number(count)} tâche terminée ?`,
      other: `Supprimer ${number(count)} tâches terminées ?`,
    }),
  clearText: 'Les vidéos et les fichiers sont aussi supprimés. C’est irréversible.',
  clearYes: 'Supprimer',
  clearNo: 'Conserver',
  refusedMany: (count, reason) =>
    plural(count, {
      one: `Cela n’a pas abouti pour ${number(count)} tâche. ${reason}`,
      other: `Cela n’a pas abouti pour ${number(count)} tâches. ${reason}`,
    }),

  spokenQueued: 'En attente de démarrage.',
  spokenStep: (step, position, of) => `Étape ${number(position)} sur ${number(of)} : ${step}.`,
  spokenSucceeded: 'Votre vidéo est prête.',
  spokenFailed: (reason) => `La vidéo n’a pas pu être créée. ${reason}`,
  spokenCanceled: 'La tâche a été annulée.',
  spokenStalled: 'Rien n’a bougé depuis un moment.',
  spokenLost: 'Connexion perdue.',
};
