/** Brazilian Portuguese. */
import { formatsFor } from './formats.ts';
import type { Translation } from './strings.ts';

const { percent, span, bytes, number, plural } = formatsFor('pt-BR');

export const ptBR: Translation = {
  lang: 'pt-BR',
  dir: 'ltr',
  steps: {
    Script: 'Roteiro',
    TTS: 'Narração',
    Visuals: 'Imagens',
    Composition: 'Montagem',
    Rendering: 'Renderização',
  },
  stepStatus: {
    Pending: 'Aguardando',
    Running: 'Em andamento',
    Succeeded: 'Concluído',
    Failed: 'Falhou',
    Skipped: 'Ignorado',
    Canceled: 'Cancelado',
    Left: 'Não feito',
    Last: 'Último estado',
  },
  label: 'Progresso do vídeo',

  idle: 'Nenhum trabalho para mostrar ainda.',
  loading: 'Carregando o trabalho…',
  missing: 'Trabalho não encontrado',
  missingDetail: 'Ele pode ter expirado ou pertencer a outra pessoa.',
  denied: 'Acesso negado',
  deniedDetail: 'Você não pode ver este trabalho. Entre na sua conta e reconecte.',
  lost: 'Conexão perdida',
  lostDetail: 'O trabalho continua no servidor. Só esta página não consegue vê-lo agora.',

  queued: 'Aguardando para começar',
  running: 'Criando seu vídeo',
  paused: 'Pausado',
  succeeded: 'Seu vídeo está pronto',
  failed: 'Não foi possível criar o vídeo',
  canceled: 'Cancelado',
  succeededShort: 'Pronto',
  lastKnown: (what) => `Último estado conhecido: ${what}`,

  percent,
  queuePosition: (ahead) =>
    ahead === 0
      ? 'Próximo da fila'
      : plural(ahead, { one: '1 trabalho na frente', other: `${number(ahead)} trabalhos na frente` }),
  item: (stage, item, of) =>
    stage === 'TTS' || stage === 'Visuals'
      ? `cena ${number(item)} de ${number(of)}`
      : `${number(item)} de ${number(of)}`,
  elapsed: (seconds) => `há ${span(seconds)}`,
  took: (seconds) => (seconds < 1 ? `<${span(1)}` : span(seconds)),
  madeIn: (seconds) => `Criado em ${span(seconds)}`,
  attempt: (attempt) => `Tentativa ${number(attempt)}`,
  bytes,

  remainingUnknown: 'tempo restante desconhecido',
  remaining(seconds) {
    if (seconds < 5) return 'faltam alguns segundos';
    if (seconds < 55) return `faltam cerca de ${span(Math.ceil(seconds / 5) * 5)}`;
    const minutes = Math.round(seconds / 60);
    if (minutes < 60) {
      return plural(minutes, { one: 'falta cerca de 1 min', other: `faltam cerca de ${number(minutes)} min` });
    }
    return `faltam cerca de ${span(minutes * 60)}`;
  },

  valueText: (step, done) => `${step}, ${percent(done)}`,
  stoppedAt: (step, done) => `Parou em “${step}”, com ${percent(done)}.`,
  failedIn: (step) => `Falhou em “${step}”`,
  stalled: (seconds, step, done) =>
    `Nada se move há ${span(seconds)} (${step}, ${percent(done)}). Ainda pode continuar; você pode esperar ou cancelar.`,

  connecting: 'Conectando…',
  live: 'Ao vivo',
  polling: 'Ao vivo, com consultas frequentes',
  offline: 'Sem conexão',
  reconnecting: (attempt, of, seconds) =>
    seconds > 0
      ? `Reconexão ${number(attempt)} de ${number(of)} em ${span(seconds)}`
      : `Reconexão ${number(attempt)} de ${number(of)}…`,
  reconnect: 'Reconectar',

  cancel: 'Cancelar',
  cancelling: 'Cancelando…',
  cancelTitle: 'Cancelar este vídeo?',
  cancelText: 'O trabalho para agora e seus arquivos temporários são apagados. Não dá para desfazer.',
  cancelYes: 'Cancelar o vídeo',
  cancelNo: 'Continuar',
  refusedCancel: 'Não foi possível cancelar.',

  retry: 'Tentar de novo',
  retrying: 'Recomeçando…',
  refusedRetry: 'Não foi possível recomeçar.',

  stepsTitle: 'Etapas',
  warnings: (count) => plural(count, { one: `${number(count)} aviso`, other: `${number(count)} avisos` }),
  olderWarnings: (count) =>
    plural(count, {
      one: `${number(count)} mais antigo no registro`,
      other: `${number(count)} mais antigos no registro`,
    }),
  dismiss: (message) => `Dispensar: ${message}`,
  log: 'Registro',
  details: 'Detalhes técnicos',
  downloads: 'Arquivos',
  moreFiles: 'Mais arquivos',
  subtitles: 'Legendas',
  reference: 'Referência',
  copy: 'Copiar',
  copied: 'Copiado',
  noPlayer: 'O endereço do vídeo não pode ser aberto a partir desta página:',
  noFiles: 'O vídeo e seus arquivos não podem ser abertos agora. Esta página continua tentando.',

  close: 'Fechar',
  copyLink: 'Copiar link',
  linkEnds: 'O link funciona por alguns minutos.',
  follow: 'Acompanhar',
  queuedSince: (time) => `aguardando desde ${time}`,
  lastNews: (seconds) => `última notícia há ${span(seconds)}`,
  jobs: 'Trabalhos',
  jobsLoading: 'Carregando os trabalhos…',
  jobsFailed: 'Não foi possível carregar os trabalhos.',
  noJobs: 'Nenhum trabalho ainda.',
  noneLikeThis: 'Nenhum trabalho está nesse estado.',
  jobStatus: {
    All: 'Todos',
    Running: 'Em andamento',
    Queued: 'Aguardando',
    Succeeded: 'Prontos',
    Failed: 'Com falha',
    Canceled: 'Cancelados',
  },
  openJob: (title) => `Abrir: ${title}`,
  selectJob: (title) => `Selecionar: ${title}`,
  selectAll: 'Selecionar tudo o que pode ser cancelado',
  retryJob: (title) => `Tentar de novo: ${title}`,
  cancelMany: (count) =>
    plural(count, { one: `Cancelar ${number(count)} trabalho`, other: `Cancelar ${number(count)} trabalhos` }),
  cancelManyTitle: (count) =>
    count === 1 ? 'Cancelar este vídeo?' : plural(count, { other: `Cancelar ${number(count)} vídeos?` }),
  cancelManyYes: (count) =>
    count === 1 ? 'Cancelar o vídeo' : plural(count, { other: `Cancelar ${number(count)} vídeos` }),
  clear: 'Limpar concluídos',
  clearTitle: (count) =>
    plural(count, {
      one: `Excluir ${number(count)} trabalho concluído?`,
      other: `Excluir ${number(count)} trabalhos concluídos?`,
    }),
  clearText: 'Os vídeos e arquivos também são excluídos. Não dá para desfazer.',
  clearYes: 'Excluir',
  clearNo: 'Manter',
  refusedMany: (count, reason) =>
    plural(count, {
      one: `Não deu certo para ${number(count)} trabalho. ${reason}`,
      other: `Não deu certo para ${number(count)} trabalhos. ${reason}`,
    }),

  spokenQueued: 'Aguardando para começar.',
  spokenStep: (step, position, of) => `Etapa ${number(position)} de ${number(of)}: ${step}.`,
  spokenSucceeded: 'Seu vídeo está pronto.',
  spokenFailed: (reason) => `Não foi possível criar o vídeo. ${reason}`,
  spokenCanceled: 'O trabalho foi cancelado.',
  spokenStalled: 'Nada se move há algum tempo.',
  spokenLost: 'Conexão perdida.',
};
