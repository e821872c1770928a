/** BullMQ takes a tenth of a second to load, which a command without a queue need not wait for. */
export const queuePackage = (): Promise<typeof import('@labproof/queue')> =>
  import('@labproof/queue');
