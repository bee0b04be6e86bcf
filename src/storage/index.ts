export {
  createHistory,
  type History,
  type HistoryState,
  historyState,
  type KeptEcg,
  type KeptEdits,
  type KeptFile,
  type KeptHead,
  type KeptRow,
  openHistory,
  wipeHistory,
} from './history';
