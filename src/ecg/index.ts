export * from './ecg';
export * from './errors';
export * from './leads';
export * from './model';
export * from './patient';
export * from './reading';
export * from './recording';
export * from './warnings';
