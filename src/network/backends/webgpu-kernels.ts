import { _fusedMatMulConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/_FusedMatMul';
import { addConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Add';
import { avgPoolConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/AvgPool';
import { batchMatMulConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/BatchMatMul';
import { castConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Cast';
import { concatConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Concat';
import { fillConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Fill';
import { fusedConv2DConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/FusedConv2D';
import { fusedDepthwiseConv2DConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/FusedDepthwiseConv2D';
import { identityConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Identity';
import { maxConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Max';
import { meanConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Mean';
import { multiplyConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Multiply';
import { reshapeConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Reshape';
import { rsqrtConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Rsqrt';
import { sigmoidConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Sigmoid';
import { sliceConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Slice';
import { softmaxConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Softmax';
import { subConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Sub';
import { transposeConfig } from '@tensorflow/tfjs-backend-webgpu/dist/kernels/Transpose';

/** The kernels that the network's operations come down to, by name: the rest of the package is not shipped. */
export const KERNELS = [
  addConfig,
  avgPoolConfig,
  batchMatMulConfig,
  castConfig,
  concatConfig,
  fillConfig,
  fusedConv2DConfig,
  fusedDepthwiseConv2DConfig,
  _fusedMatMulConfig,
  identityConfig,
  maxConfig,
  meanConfig,
  multiplyConfig,
  reshapeConfig,
  rsqrtConfig,
  sigmoidConfig,
  sliceConfig,
  softmaxConfig,
  subConfig,
  transposeConfig,
];
