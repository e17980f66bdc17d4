/** Spanish. */
import { formatsFor } from './formats.ts';
import type { Translation } from './strings.ts';

const { percent, span, bytes, number, plural } = formatsFor('es');

export const es: Translation = {
  lang: 'es',
  dir: 'ltr',
  steps: {
    Script: 'Guion',
    TTS: 'Narración',
    Visuals: 'Imágenes',
    Composition: 'Montaje',
    Rendering: 'Renderizado',
  },
  stepStatus: {
    Pending: 'En espera',
    Running: 'En curso',
    Succeeded: 'Listo',
    Failed: 'Con error',
    Skipped: 'Omitido',
    Canceled: 'Cancelado',
    Left: 'Sin hacer',
    Last: 'Último estado',
  },
  label: 'Progreso del vídeo',

  idle: 'Aún no hay ningún trabajo que mostrar.',
  loading: 'Cargando el trabajo…',
  missing: 'No se encuentra el trabajo',
  missingDetail: 'Puede que haya caducado o que sea de otra persona.',
  denied: 'Acceso denegado',
  deniedDetail: 'No puedes ver este trabajo. Inicia sesión y vuelve a conectarte.',
  lost: 'Conexión perdida',
  lostDetail: 'El trabajo sigue en el servidor. Solo que esta página no puede verlo ahora mismo.',

  queued: 'Esperando para empezar',
  running: 'Creando tu vídeo',
  paused: 'En pausa',
  succeeded: 'Tu vídeo está listo',
  failed: 'No se pudo crear el vídeo',
  canceled: 'Cancelado',
  succeededShort: 'Listo',
  lastKnown: (what) => `Último estado conocido: ${what}`,

  percent,
  queuePosition: (ahead) =>
    ahead === 0
      ? 'El siguiente en la cola'
      : plural(ahead, { one: '1 trabajo por delante', other: `${number(ahead)} trabajos por delante` }),
  item: (stage, item, of) =>
    stage === 'TTS' || stage === 'Visuals'
      ? `escena ${number(item)} de ${number(of)}`
      : `${number(item)} de ${number(of)}`,
  elapsed: (seconds) => `${span(seconds)} en marcha`,
  took: (seconds) => (seconds < 1 ? `<${span(1)}` : span(seconds)),
  madeIn: (seconds) => `Creado en ${span(seconds)}`,
  attempt: (attempt) => `Intento ${number(attempt)}`,
  bytes,

  remainingUnknown: 'tiempo restante desconocido',
  remaining(seconds) {
    if (seconds < 5) return 'quedan unos segundos';
    if (seconds < 55) return `quedan unos ${span(Math.ceil(seconds / 5) * 5)}`;
    const minutes = Math.round(seconds / 60);
    if (minutes < 60)
      return plural(minutes, { one: 'queda 1 min aprox.', other: `quedan unos ${number(minutes)} min` });
    return `quedan ${span(minutes * 60)} aprox.`;
  },

  valueText: (step, done) => `${step}, ${percent(done)}`,
  stoppedAt: (step, done) => `Detenido en «${step}», al ${percent(done)}.`,
  failedIn: (step) => `Error en «${step}»`,
  stalled: (seconds, step, done) =>
    `Nada se ha movido en ${span(seconds)} (${step}, ${percent(done)}). Aún puede continuar; puedes esperar o cancelar.`,

  connecting: 'Conectando…',
  live: 'En directo',
  polling: 'En directo, con consultas frecuentes',
  offline: 'Sin conexión',
  reconnecting: (attempt, of, seconds) =>
    seconds > 0
      ? `Reconexión ${number(attempt)} de ${number(of)} en ${span(seconds)}`
      : `Reconexión ${number(attempt)} de ${number(of)}…`,
  reconnect: 'Reconectar',

  cancel: 'Cancelar',
  cancelling: 'Cancelando…',
  cancelTitle: '¿Cancelar este vídeo?',
  cancelText: 'El trabajo se detiene ya y se borran sus archivos temporales. No se puede deshacer.',
  cancelYes: 'Cancelar el vídeo',
  cancelNo: 'Continuar',
  refusedCancel: 'No se pudo cancelar.',

  retry: 'Reintentar',
  retrying: 'Empezando de nuevo…',
  refusedRetry: 'No se pudo empezar de nuevo.',

  stepsTitle: 'Pasos',
  warnings: (count) => plural(count, { one: '1 advertencia', other: `${number(count)} advertencias` }),
  olderWarnings: (count) =>
    plural(count, { one: '1 anterior en el registro', other: `${number(count)} anteriores en el registro` }),
  dismiss: (message) => `Descartar: ${message}`,
  log: 'Registro',
  details: 'Detalles técnicos',
  downloads: 'Archivos',
  moreFiles: 'Más archivos',
  subtitles: 'Subtítulos',
  reference: 'Referencia',
  copy: 'Copiar',
  copied: 'Copiado',
  noPlayer: 'La dirección del vídeo no se puede abrir desde esta página:',
  noFiles: 'El vídeo y sus archivos no se pueden abrir ahora. Esta página lo sigue intentando.',

  close: 'Cerrar',
  copyLink: 'Copiar enlace',
  linkEnds: 'El enlace funciona durante unos minutos.',
  follow: 'Seguir',
  queuedSince: (time) => `en espera desde las ${time}`,
  lastNews: (seconds) => `última novedad hace ${span(seconds)}`,
  jobs: 'Trabajos',
  jobsLoading: 'Cargando los trabajos…',
  jobsFailed: 'No se pudieron cargar los trabajos.',
  noJobs: 'Aún no hay trabajos.',
  noneLikeThis: 'Ningún trabajo está en este estado.',
  jobStatus: {
    All: 'Todos',
    Running: 'En curso',
    Queued: 'En espera',
    Succeeded: 'Listos',
    Failed: 'Con error',
    Canceled: 'Cancelados',
  },
  openJob: (title) => `Abrir: ${title}`,
  selectJob: (title) => `Seleccionar: ${title}`,
  selectAll: 'Seleccionar todo lo que se puede cancelar',
  retryJob: (title) => `Reintentar: ${title}`,
  cancelMany: (count) => plural(count, { one: 'Cancelar 1 trabajo', other: `Cancelar ${number(count)} trabajos` }),
  cancelManyTitle: (count) =>
    plural(count, { one: '¿Cancelar este vídeo?', other: `¿Cancelar ${number(count)} vídeos?` }),
  cancelManyYes: (count) => plural(count, { one: 'Cancelar el vídeo', other: `Cancelar ${number(count)} vídeos` }),
  clear: 'Borrar los terminados',
  clearTitle: (count) =>
    plural(count, { one: '¿Borrar 1 trabajo terminado?', other: `¿Borrar ${number(count)} trabajos terminados?` }),
  clearText: 'También se borran los vídeos y archivos. No se puede deshacer.',
  clearYes: 'Borrar',
  clearNo: 'Conservar',
  refusedMany: (count, reason) =>
    plural(count, {
      one: `No se pudo con 1 trabajo. ${reason}`,
      other: `No se pudo con ${number(count)} trabajos. ${reason}`,
    }),

  spokenQueued: 'Esperando para empezar.',
  spokenStep: (step, position, of) => `Paso ${number(position)} de ${number(of)}: ${step}.`,
  spokenSucceeded: 'Tu vídeo está listo.',
  spokenFailed: (reason) => `No se pudo crear el vídeo. ${reason}`,
  spokenCanceled: 'El trabajo se canceló.',
  spokenStalled: 'Nada se ha movido desde hace un rato.',
  spokenLost: 'Conexión perdida.',
};
