/** Calls back once the parent is gone: a signal that npm does not pass on ends npm alone, and not the script that it runs. */
export function whenParentIsGone(stop) {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    stop();
  }, 100);
  watch.unref();
}
