"""A stand-in of airflow.sdk that runs the tasks of a DAG at once, one after the other.

Decorators, sensors, trigger rules and what tasks are given (params, run_id) are as Airflow's
documentation describes them; nothing else of Airflow is here.
"""

import inspect
import json
import os
import time


class PokeReturnValue:
    def __init__(self, is_done, xcom_value=None):
        self.is_done = is_done
        self.xcom_value = xcom_value


class Failed:
    """What a task hands on that failed, or was not run because one before it did."""


class Run:
    params = {}
    run_id = None


def dag(dag_id, params=None, **_):
    def decorate(build):
        def call():
            if dag_id != os.environ["DAG_ID"]:
                return
            Run.params = {**(params or {}), **json.loads(os.environ["DAG_CONF"])}
            Run.run_id = os.environ["DAG_RUN_ID"]
            build()

        return call

    return decorate


def _start(function, arguments, trigger_rule):
    has_failed = any(isinstance(value, Failed) for value in arguments)
    if has_failed != (trigger_rule == "one_failed"):
        return Failed()
    given = [None if isinstance(value, Failed) else value for value in arguments]
    context = {"params": Run.params, "run_id": Run.run_id}
    named = inspect.signature(function).parameters
    try:
        return function(*given, **{key: context[key] for key in context if key in named})
    except Exception as error:
        print(f"{function.__name__} failed: {type(error).__name__}: {error}")
        return Failed()


def _task(function=None, *, trigger_rule="all_success", **_):
    if function is None:
        return lambda each: _task(each, trigger_rule=trigger_rule)
    return lambda *arguments: _start(function, arguments, trigger_rule)


def _sensor(**_):
    def decorate(function):
        def poke(*arguments):
            while True:
                found = _start(function, arguments, "all_success")
                if isinstance(found, Failed):
                    return found
                if found.is_done:
                    return found.xcom_value
                time.sleep(0.05)

        return poke

    return decorate


class _TaskDecorator:
    sensor = staticmethod(_sensor)

    def __call__(self, function=None, **options):
        return _task(function, **options)


task = _TaskDecorator()
