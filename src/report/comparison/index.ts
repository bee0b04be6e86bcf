export { compareReadings } from './compare';
export { isIdentified, matchIdentity } from './identity';
export { comparisonText, isSeen } from './sentences';
