/** A card with a title and a question mark that says what its contents mean. */

import { element, freshId } from './dom.js';

/** @param explain {shows, healthy, otherwise} */
export function card(title, id, explain, ...contents) {
  const { button, answer } = question(title, explain);
  return element('section', { class: `card card-${id}`, 'aria-label': title },
    element('header', {}, element('h3', {}, title), button), answer, ...contents);
}

/** The question mark and its answer: a disclosure, so keyboard and screen reader need nothing special. */
export function question(title, explain) {
  const { shows, healthy, otherwise } = explain;
  const answer = element('dl', { class: 'answer', id: freshId('answer'), hidden: true },
    element('dt', {}, 'Shows'), element('dd', {}, shows),
    element('dt', {}, 'Healthy'), element('dd', {}, healthy),
    element('dt', {}, 'Otherwise'), element('dd', {}, otherwise));
  const button = element('button', { type: 'button', class: 'why', 'aria-expanded': 'false', 'aria-controls': answer.id, 'aria-label': `What does “${title}” mean?` }, '?');
  const open = (wanted) => {
    answer.hidden = !wanted;
    button.setAttribute('aria-expanded', String(wanted));
  };
  button.addEventListener('click', () => open(answer.hidden));
  for (const node of [button, answer]) {
    node.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      open(false);
      button.focus();
    });
  }
  return { button, answer };
}
