// Validates JSON files by official schemas (draft 2019-09): standard input has a line "schema<TAB>file" for each, standard output a line for each complaint.
const Ajv = require('ajv/dist/2019');
const fs = require('fs');

const validators = new Map();
const json = path => JSON.parse(fs.readFileSync(path, 'utf8'));

function validatorOf(path) {
  if (!validators.has(path)) {
    const schema = json(path);
    // 1.0 and 2.0 name a draft that is none, and 1.0 has the id as drafts before 6 had it.
    delete schema.$schema;
    delete schema.id;
    // The schemas escape hyphens in patterns, which is an error under the flag u. Formats are annotations in this draft, which count only where 2.1
    // tells a date from a moment by them.
    const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false, logger: false });
    ajv.addFormat('date-time', /^\d{4}-\d{2}-\d{2}T/).addFormat('date', /^\d{4}-\d{2}-\d{2}$/);
    validators.set(path, ajv.compile(schema));
  }
  return validators.get(path);
}

for (const line of fs.readFileSync(0, 'utf8').split('\n').filter(l => l)) {
  const [schema, file] = line.split('\t');
  const validate = validatorOf(schema);
  if (!validate(json(file)))
    for (const error of validate.errors.filter(e => e.keyword !== 'format'))
      console.log(`${file}\t${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
}
