// SPDX-License-Identifier: MIT
// The page is whole without this: it only makes the filters work.
const form = document.querySelector('form');
const failures = [...document.querySelectorAll('article')];
const has = (list, word) => !word || list.split(' ').includes(word);
function filter() {
  const { clause, profile } = form.elements;
  for (const each of failures) {
    each.hidden = !(has(each.dataset.clauses, clause.value) && has(each.dataset.profiles, profile.value));
  }
  for (const section of document.querySelectorAll('section.clause')) {
    section.hidden = !section.querySelector('article:not([hidden])');
  }
  document.getElementById('shown').textContent = failures.filter(each => !each.hidden).length + ' of ' + failures.length + ' shown';
}
if (form) {
  form.hidden = false;
  form.addEventListener('change', filter);
  filter();
}
