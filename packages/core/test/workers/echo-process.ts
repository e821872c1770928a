/** Answers what it hears; ends itself or writes to stderr where it is told to. */
process.on('message', (question: string) => {
  if (question === 'exit') process.exit(4);
  if (question === 'kill') process.kill(process.pid, 'SIGKILL');
  if (question === 'eval') {
    try {
      // oxlint-disable-next-line no-eval, no-new-func, typescript/no-implied-eval
      process.send?.({ answer: `made ${String(new Function('return 1')())}` });
    } catch (error) {
      process.send?.({ answer: String(error) });
    }
    return;
  }
  if (question === 'go') {
    process.send?.({ answer: 'going' }, () => {
      process.disconnect();
      setTimeout(() => process.stderr.write('out of something\n', () => process.exit(6)), 300);
    });
    return;
  }
  if (question === 'trace') {
    const frame = ` 1: 0xb78db3 ${'v8::internal::HeapAllocator::AllocateRawWithRetryOrFailSlowPath, '.repeat(4)}[node]\n`;
    process.stderr.write(`JavaScript heap out of memory\n${frame.repeat(256)}`, () =>
      process.exit(7),
    );
    return;
  }
  if (question === 'grumble') process.stderr.write('something is wrong\n', () => process.exit(5));
  else process.send?.({ answer: `${question} ${process.execArgv[0] ?? ''}` });
});
