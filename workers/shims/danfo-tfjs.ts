// danfojs asks for the whole TensorFlow.js and calls methods on tensors: the core with chained methods is enough.
import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops';

export * from '@tensorflow/tfjs-core';
