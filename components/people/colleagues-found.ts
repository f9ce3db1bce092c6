interface Colleague {
  name: string;
  email: string;
}

/** Those whose name or address has every word of the search. */
export function colleaguesFound<Each extends Colleague>(colleagues: readonly Each[], search: string): Each[] {
  const words = search.trim().toLowerCase().split(/\s+/);
  return colleagues.filter(({ name, email }) => {
    const text = `${name} ${email}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
