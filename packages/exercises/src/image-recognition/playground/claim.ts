/**
 * What one report of 2019 answered to the question about the least network for the spiral: these settings, and "before
 * epoch 230". `key=value` pairs as `readPlaygroundConfig` takes them.
 */
export const SPIRAL_CLAIM =
  'dataset=spiral,features=x,y,sinX,sinY,networkShape=3,activation=sigmoid,learningRate=0.01,batchSize=1,percTrainData=90';
export const SPIRAL_CLAIM_EPOCHS = 229;
/** "A test set loss of below 0.1". */
export const SPIRAL_TARGET = 0.1;
