import { useEffect, useState } from 'react';

export function Board() {
  const [rows, setRows] = useState<string[]>([]);
  useEffect(() => {
    void fetch('/api/patients')
      .then((answer) => answer.json())
      .then(setRows);
  }, []);
  return (
    <main>
      <a href="/v1/patient/7">It's here</a>
      <img src="/assets/v1/logo.png" alt="can't load" />
      {rows.map((row) => (
        <p key={row}>{row}</p>
      ))}
    </main>
  );
}
