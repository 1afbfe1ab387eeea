// Runs before GraphiQL.

// It keeps tabs in localStorage and would show the last seat's, tokens included, to the next: each page has a storage that ends with it.

const kept = new Map();
const storage = {
  get length() {
    return kept.size;
  },
  key: (index) => [...kept.keys()][index] ?? null,
  getItem: (key) => kept.get(String(key)) ?? null,
  setItem: (key, value) => void kept.set(String(key), String(value)),
  removeItem: (key) => void kept.delete(String(key)),
  clear: () => kept.clear(),
};
try {
  for (const key of Object.keys(localStorage)) if (key.startsWith('graphiql')) localStorage.removeItem(key);
} catch {
  // A browser that keeps nothing has nothing to forget.
}
Object.defineProperty(window, 'localStorage', { value: storage });

// Where the editor finds its workers.
const { folder } = JSON.parse(document.getElementById('options').textContent);
self.MonacoEnvironment = { globalAPI: false, getWorkerUrl: (_, label) => `${folder}/worker.${label}.js` };
