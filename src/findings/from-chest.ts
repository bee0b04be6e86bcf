/**
 * I and II as a weighted sum of V1 to V6: least squares over the median beats of LUDB's 159 open records (P to T, each record with the same
 * weight), fitted by the same sums that `bench/exchange.ts` measures on other records. Only for telling which electrodes are exchanged.
 */
export const FROM_CHEST = {
  V1: [-0.405, -0.102],
  V2: [0.436, -0.117],
  V3: [-0.089, 0.143],
  V4: [-0.105, 0.103],
  V5: [0.345, 0.009],
  V6: [0.528, 0.682],
} as const;
