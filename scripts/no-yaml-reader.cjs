// Stands for js-yaml in the bundle: gray-matter names it at its top, and is never asked to use it.
module.exports = {
  safeLoad() {
    throw new Error('front matter is read by `yaml`');
  },
  safeDump() {
    throw new Error('front matter is written by `yaml`');
  },
};
