"""What the DAGs ask of a kdrama daemon, with the standard library only.

    client = KdramaClient("http://kdrama.local:7474", token)
    job = client.submit(video_id="...", workflow={"dag_run_id": "manual__1", "state": "running"})
    while (results := client.poll(job["monitor"])) is None:
        time.sleep(2)
    client.results(results)["files"]["playlist"]
"""

from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request
from typing import Any


class KdramaError(Exception):
    """The daemon refused. `code` is what a program matches on, `status` the HTTP status."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(f"{code}: {message}")
        self.status = status
        self.code = code


class JobEnded(KdramaError):
    """The job failed or was cancelled: there will never be results."""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A token must not travel to another place."""

    def redirect_request(self, *_: Any) -> None:
        return None


class KdramaClient:
    def __init__(self, base_url: str, token: str, timeout: float = 30) -> None:
        self._base = base_url.rstrip("/") + "/"
        self._token = token
        self._timeout = timeout
        self._opener = urllib.request.build_opener(_NoRedirect)

    def submit(self, **wish: Any) -> dict[str, Any]:
        """Submits a job: `source_path` or `video_id`, and optionally `quality`, `priority`, `job_id`,
        `notify_url`, `workflow`. Asking again for the same finds the job that is there. Returns
        `job_id` and `monitor`, the address to poll."""
        body = {name: value for name, value in wish.items() if value is not None}
        _, headers, answer = self._call("POST", "api/job", body)
        return {"job_id": answer["job_id"], "monitor": headers["Location"]}

    def poll(self, monitor: str) -> str | None:
        """None while the job runs, then the address of its results. Raises JobEnded when there will
        never be any."""
        try:
            status, headers, _ = self._call("GET", monitor)
        except KdramaError as error:
            if error.status == 409:
                raise JobEnded(error.status, error.code, str(error)) from error
            raise
        return headers["Location"] if status == 201 else None

    def results(self, address: str) -> dict[str, Any]:
        """Where everything that the job made is fetched."""
        return self._call("GET", address)[2]

    def set_workflow(self, job_id: str, dag_run_id: str, state: str) -> dict[str, Any]:
        """Says at the job how the run goes that it belongs to. Returns the job."""
        path = f"api/job/{urllib.parse.quote(job_id, safe='')}"
        return self._call("PATCH", path, {"workflow": {"dag_run_id": dag_run_id, "state": state}})[2]

    def job(self, job_id: str) -> dict[str, Any]:
        return self._call("GET", f"api/job/{urllib.parse.quote(job_id, safe='')}")[2]

    def _call(
        self, method: str, address: str, body: Any = None
    ) -> tuple[int, Any, dict[str, Any]]:
        request = urllib.request.Request(
            urllib.parse.urljoin(self._base, address),
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers={"Accept": "application/json", "Authorization": f"Bearer {self._token}"},
        )
        if body is not None:
            request.add_header("Content-Type", "application/json")
        try:
            with self._opener.open(request, timeout=self._timeout) as answer:
                return answer.status, answer.headers, json.load(answer)
        except urllib.error.HTTPError as error:
            raise _refusal(error) from None


def _refusal(error: urllib.error.HTTPError) -> KdramaError:
    try:
        said = json.load(error)["error"]
        return KdramaError(error.code, said["code"], said["message"])
    except (ValueError, KeyError, TypeError):
        return KdramaError(error.code, f"HTTP_{error.code}", error.reason)
