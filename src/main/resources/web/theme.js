/** The colours of the style sheet, for what is drawn on a canvas; they change with light and dark. */

const dark = matchMedia('(prefers-color-scheme: dark)');
const watchers = new Set();
let colours = read();

dark.addEventListener('change', () => {
  colours = read();
  watchers.forEach((watcher) => watcher());
});

export function theme() {
  return colours;
}

/** Calls back when the colours have changed. */
export function onThemeChange(watcher) {
  watchers.add(watcher);
}

export function offThemeChange(watcher) {
  watchers.delete(watcher);
}

function read() {
  const style = getComputedStyle(document.documentElement);
  const get = (name) => style.getPropertyValue(name).trim();
  return {
    ink: get('--ink'),
    muted: get('--muted'),
    rule: get('--rule'),
    card: get('--card'),
    critical: get('--critical'),
    arms: [0, 1, 2, 3].map((i) => get(`--arm-${i}`)),
  };
}
