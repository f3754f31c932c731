"""Two DAGs over kdrama's HTTP API, for Airflow 3 and 2.9 or newer.

kdrama_transcode  submits a job, waits for it, reads its results, says at the job how the run went.
kdrama_ended      is triggered by kdrama's webhook (webhook-template.json) when a job has ended.

Both need KDRAMA_URL and KDRAMA_TOKEN (an API key of role admin, with the scopes jobs and workflow) in the environment of the workers.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from typing import Any

try:
    from airflow.sdk import PokeReturnValue, dag, task
except ImportError:  # Airflow 2
    from airflow.decorators import dag, task
    from airflow.sensors.base import PokeReturnValue

from kdrama_client import KdramaClient

begin = datetime(2026, 1, 1)


def client() -> KdramaClient:
    return KdramaClient(os.environ["KDRAMA_URL"], os.environ["KDRAMA_TOKEN"])


@dag(
    dag_id="kdrama_transcode",
    schedule=None,
    start_date=begin,
    catchup=False,
    params={"video_id": None, "source_path": None, "quality": None, "priority": "normal"},
)
def kdrama_transcode() -> None:
    @task(retries=3, retry_delay=timedelta(seconds=10))
    def submit(params: dict[str, Any] | None = None, run_id: str | None = None) -> dict[str, Any]:
        # Safe to repeat: the same wish finds the same job.
        workflow = {"dag_run_id": run_id, "state": "running"}
        return client().submit(**dict(params or {}), workflow=workflow)

    @task.sensor(poke_interval=10, timeout=24 * 60 * 60, mode="reschedule")
    def wait(job: dict[str, Any]) -> PokeReturnValue:
        results = client().poll(job["monitor"])
        return PokeReturnValue(is_done=results is not None, xcom_value=results)

    @task(retries=3, retry_delay=timedelta(seconds=10))
    def read_results(address: str) -> dict[str, Any]:
        return client().results(address)

    @task(retries=3, retry_delay=timedelta(seconds=10))
    def succeeded(job: dict[str, Any], results: dict[str, Any], run_id: str | None = None) -> None:
        print("playlist:", results["files"]["playlist"])
        client().set_workflow(job["job_id"], run_id or "", "success")

    @task(trigger_rule="one_failed")
    def failed(job: dict[str, Any] | None, results: Any, run_id: str | None = None) -> None:
        if job is not None:
            client().set_workflow(job["job_id"], run_id or "", "failed")
        # The run is to end as failed, not as "everything that was to run has run".
        raise RuntimeError("the job did not end well")

    job = submit()
    results = read_results(wait(job))
    succeeded(job, results)
    failed(job, results)


@dag(dag_id="kdrama_ended", schedule=None, start_date=begin, catchup=False)
def kdrama_ended() -> None:
    @task
    def take_over(params: dict[str, Any] | None = None, run_id: str | None = None) -> None:
        told = dict(params or {})
        state = "success" if told["status"] == "completed" else "failed"
        job = client().set_workflow(told["job_id"], run_id or "", state)
        print(job["title"], "is", job["status"])

    take_over()


kdrama_transcode()
kdrama_ended()
