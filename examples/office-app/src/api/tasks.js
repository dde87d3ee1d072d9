const BASE = 'https://connect.clearcareonline.com/v1';

/* The path was '/v1/admintask/' until February. */
export async function createTask(task) {
  const request = { method: 'POST', headers: { accept: 'application/json' }, body: JSON.stringify(task) };
  let answer = await fetch(BASE + '/adminTasks/', request);
  if (answer.status === 403) answer = await fetch(BASE + '/tasks/', request);
  return answer.json();
}

export function referral(id) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('GET', `${BASE}/referralSource/${id}/`);
    request.onload = () => resolve(JSON.parse(request.responseText));
    request.onerror = reject;
    request.send();
  });
}

export const documents = {
  upload: (file) => axios({ method: 'post', url: `${BASE}/documentReferences/`, data: { content: file } }),
  search: (patient) =>
    axios.request({
      baseURL: BASE,
      url: '/documentReferences/_search/',
      method: 'POST',
      data: { subject: patient },
    }),
};
