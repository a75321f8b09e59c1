// Tests one after another, each with its name and time. Not node:test, which follows every promise and so takes twice
// as long.

export async function run(tests, filter) {
  const failed = [];
  for (const [name, body] of tests) {
    if (filter && !name.includes(filter)) continue;
    const begin = performance.now();
    const told = [];
    let outcome = "ok";
    try {
      await body((line) => told.push(line));
    } catch (error) {
      outcome = "FAILED";
      failed.push(name);
      told.push(error.stack);
      if (!error.stack.includes(error.message)) told.push(error.message);
    }
    console.log(`${outcome}  ${name}  (${Math.round(performance.now() - begin)} ms)`);
    for (const line of told) console.log(`      ${line}`);
  }
  return failed;
}
