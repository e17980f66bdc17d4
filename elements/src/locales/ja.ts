/** Japanese. */
import { formatsFor } from './formats.ts';
import type { Translation } from './strings.ts';

const { percent, span, bytes, number } = formatsFor('ja');

export const ja: Translation = {
  lang: 'ja',
  dir: 'ltr',
  steps: {
    Script: '台本',
    TTS: 'ナレーション',
    Visuals: '映像素材',
    Composition: '編集',
    Rendering: '書き出し',
  },
  stepStatus: {
    Pending: '待機中',
    Running: '処理中',
    Succeeded: '完了',
    Failed: '失敗',
    Skipped: 'スキップ',
    Canceled: 'キャンセル済み',
    Left: '未実行',
    Last: '最後の状態',
  },
  label: '動画の進行状況',

  idle: '表示するジョブはまだありません。',
  loading: 'ジョブを読み込んでいます…',
  missing: 'ジョブが見つかりません',
  missingDetail: '有効期限が切れたか、ほかの人のジョブである可能性があります。',
  denied: 'アクセスできません',
  deniedDetail: 'このジョブを表示する権限がありません。サインインしてから、再接続してください。',
  lost: '接続が切れました',
  lostDetail: 'サーバーでの作業は続いています。このページから今は見えないだけです。',

  queued: '開始を待っています',
  running: '動画を作成しています',
  paused: '一時停止中',
  succeeded: '動画ができました',
  failed: '動画を作成できませんでした',
  canceled: 'キャンセルしました',
  succeededShort: '完成',
  lastKnown: (what) => `最後に確認した状態：${what}`,

  percent,
  queuePosition: (ahead) => (ahead === 0 ? '次の順番です' : `前に ${number(ahead)} 件あります`),
  item: (stage, item, of) =>
    stage === 'TTS' || stage === 'Visuals' ? `シーン ${number(item)}/${number(of)}` : `${number(item)}/${number(of)}`,
  elapsed: (seconds) => `経過 ${span(seconds)}`,
  took: (seconds) => (seconds < 1 ? `${span(1)}未満` : span(seconds)),
  madeIn: (seconds) => `作成時間 ${span(seconds)}`,
  attempt: (attempt) => `${number(attempt)} 回目`,
  bytes,

  remainingUnknown: '残り時間は不明',
  remaining(seconds) {
    if (seconds < 5) return '残り数秒';
    if (seconds < 55) return `残り約 ${span(Math.ceil(seconds / 5) * 5)}`;
    const minutes = Math.round(seconds / 60);
    if (minutes < 60) return `残り約 ${number(minutes)} 分`;
    return `残り約 ${span(minutes * 60)}`;
  },

  valueText: (step, done) => `${step}、${percent(done)}`,
  stoppedAt: (step, done) => `「${step}」の ${percent(done)} で停止しました。`,
  failedIn: (step) => `「${step}」で失敗しました`,
  stalled: (seconds, step, done) =>
    `${span(seconds)}のあいだ進んでいません（${step}、${percent(done)}）。再開することもあります。待つことも、キャンセルすることもできます。`,

  connecting: '接続しています…',
  live: 'ライブ',
  polling: 'ライブ（定期的に確認中）',
  offline: 'オフライン',
  reconnecting: (attempt, of, seconds) =>
    seconds > 0
      ? `${span(seconds)}後に再接続（${number(attempt)}/${number(of)}）`
      : `再接続しています（${number(attempt)}/${number(of)}）…`,
  reconnect: '再接続',

  cancel: 'キャンセル',
  cancelling: 'キャンセルしています…',
  cancelTitle: 'この動画の作成をキャンセルしますか？',
  cancelText: '作業はすぐに止まり、一時ファイルは削除されます。元に戻すことはできません。',
  cancelYes: '作成をキャンセル',
  cancelNo: '続ける',
  refusedCancel: 'キャンセルできませんでした。',

  retry: 'もう一度試す',
  retrying: 'やり直しています…',
  refusedRetry: 'やり直せませんでした。',

  stepsTitle: '手順',
  warnings: (count) => `警告 ${number(count)} 件`,
  olderWarnings: (count) => `ほかに ${number(count)} 件がログにあります`,
  dismiss: (message) => `閉じる：${message}`,
  log: 'ログ',
  details: '技術的な詳細',
  downloads: 'ファイル',
  moreFiles: 'その他のファイル',
  subtitles: '字幕',
  reference: '参照番号',
  copy: 'コピー',
  copied: 'コピーしました',
  noPlayer: '動画のアドレスをこのページから開けません：',
  noFiles: '動画とファイルを今は開けません。このページは再試行を続けます。',

  close: '閉じる',
  copyLink: 'リンクをコピー',
  linkEnds: 'リンクは数分間有効です。',
  follow: '追従',
  queuedSince: (time) => `${time} から待機中`,
  lastNews: (seconds) => `最終更新：${span(seconds)}前`,
  jobs: 'ジョブ',
  jobsLoading: 'ジョブを読み込んでいます…',
  jobsFailed: 'ジョブを読み込めませんでした。',
  noJobs: 'ジョブはまだありません。',
  noneLikeThis: 'この状態のジョブはありません。',
  jobStatus: {
    All: 'すべて',
    Running: '処理中',
    Queued: '待機中',
    Succeeded: '完成',
    Failed: '失敗',
    Canceled: 'キャンセル済み',
  },
  openJob: (title) => `開く：${title}`,
  selectJob: (title) => `選択：${title}`,
  selectAll: 'キャンセルできるものをすべて選択',
  retryJob: (title) => `もう一度試す：${title}`,
  cancelMany: (count) => `${number(count)} 件をキャンセル`,
  cancelManyTitle: (count) => `動画 ${number(count)} 本の作成をキャンセルしますか？`,
  cancelManyYes: (count) => `${number(count)} 本をキャンセル`,
  clear: '終了分を消去',
  clearTitle: (count) => `終了したジョブ ${number(count)} 件を削除しますか？`,
  clearText: '動画とファイルも削除されます。元に戻すことはできません。',
  clearYes: '削除',
  clearNo: '残す',
  refusedMany: (count, reason) => `${number(count)} 件は実行できませんでした。${reason}`,

  spokenQueued: '開始を待っています。',
  spokenStep: (step, position, of) => `手順 ${number(position)}/${number(of)}：${step}。`,
  spokenSucceeded: '動画ができました。',
  spokenFailed: (reason) => `動画を作成できませんでした。${reason}`,
  spokenCanceled: 'ジョブをキャンセルしました。',
  spokenStalled: 'しばらく進んでいません。',
  spokenLost: '接続が切れました。',
};
