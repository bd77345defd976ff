// What the report does beyond being read: filters that are kept in the address, and copying. Without it all is there, too.
'use strict';

const form = document.getElementById('filters');
const rows = Array.from(document.querySelectorAll('#cases tbody tr'));
const shown = document.getElementById('shown');
const search = form.elements.namedItem('search');
const fields = Array.from(form.elements).filter((field) => field.name);

// Filters stand behind '#?', so that they are not taken for a place in the page.
function readAddress() {
  const address = location.hash.startsWith('#?') ? location.hash.slice(2) : '';
  const wanted = new URLSearchParams(address);
  for (const field of fields) {
    const value = wanted.get(field.name) || '';
    const known = field === search || Array.from(field.options).some((option) => option.value === value);
    field.value = known ? value : '';
  }
}

function writeAddress() {
  const wanted = new URLSearchParams();
  for (const field of fields) if (field.value) wanted.set(field.name, field.value);
  const text = wanted.toString();
  history.replaceState(null, '', text ? '#?' + text : '#cases');
}

function fits(row) {
  return fields.every((field) => {
    if (!field.value) return true;
    if (field === search) {
      const text = row.textContent.toLowerCase();
      return field.value.toLowerCase().split(/\s+/).every((word) => text.includes(word));
    }
    return (row.getAttribute('data-' + field.name) || '').split(' ').includes(field.value);
  });
}

function apply() {
  let count = 0;
  for (const row of rows) {
    row.hidden = !fits(row);
    if (!row.hidden) count += 1;
  }
  shown.textContent = count === rows.length ? `${count} cases` : `${count} of ${rows.length} cases`;
}

function openTarget() {
  const target = location.hash.startsWith('#?') ? form : document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  for (let at = target; at; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true;
  target.scrollIntoView();
}

function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  return done ? Promise.resolve() : Promise.reject(new Error('not copied'));
}

for (const block of document.querySelectorAll('.copy')) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Copy';
  button.addEventListener('click', () => {
    const say = (word) => { button.textContent = word; };
    copy(block.querySelector('pre').textContent).then(() => say('Copied'), () => say('Select it by hand'));
  });
  button.addEventListener('blur', () => { button.textContent = 'Copy'; });
  block.append(button);
}

form.hidden = false;
form.addEventListener('input', () => { apply(); writeAddress(); });
form.addEventListener('submit', (event) => event.preventDefault());
form.addEventListener('reset', () => setTimeout(() => { apply(); writeAddress(); }));
document.addEventListener('keydown', (event) => {
  const isTyping = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
  if (event.key === '/' && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    search.focus();
  } else if (event.key === 'Escape' && event.target === search) {
    search.value = '';
    apply();
    writeAddress();
  }
});
window.addEventListener('hashchange', () => { readAddress(); apply(); openTarget(); });
window.addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll('.problem')) details.open = true;
});
readAddress();
apply();
if (location.hash) openTarget();
