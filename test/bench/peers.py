"""Native peers, each only when installed: prints what one run took, as JSON."""
import importlib
import json
import sys
import time


def versions():
    found = {}
    for name in ("pandas", "sklearn"):
        try:
            found[name] = importlib.import_module(name).__version__
        except ImportError:
            pass
    return found


def read_pandas(path):
    import pandas
    start = time.perf_counter()
    rows = len(pandas.read_csv(path, dtype={"customer_id": "category", "order_id": "category"}))
    return {"seconds": time.perf_counter() - start, "rows": rows}


def matrix(path, columns):
    import numpy
    return numpy.fromfile(path).reshape(-1, int(columns))


def fit_kmeans(path, columns, seed):
    from sklearn.cluster import KMeans
    rows = matrix(path, columns)
    start = time.perf_counter()
    model = KMeans(n_clusters=5, n_init=10, random_state=int(seed)).fit(rows)
    return {"seconds": time.perf_counter() - start, "inertia": model.inertia_}


def fit_kmeans_sizes(path, columns):
    from sklearn.cluster import KMeans
    rows = matrix(path, columns)
    start = time.perf_counter()
    for n_clusters in range(2, 11):
        KMeans(n_clusters=n_clusters, n_init=10, random_state=42).fit(rows)
    return {"seconds": time.perf_counter() - start}


def fit_logistic(path, columns):
    from sklearn.linear_model import LogisticRegression
    from sklearn.metrics import log_loss
    rows = matrix(path, int(columns) + 1)
    features, label = rows[:, :-1], rows[:, -1]
    start = time.perf_counter()
    model = LogisticRegression(C=1.0, tol=1e-6, max_iter=1000).fit(features, label)
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "logLoss": log_loss(label, model.predict_proba(features)[:, 1])}


runs = {f.__name__: f for f in (versions, read_pandas, fit_kmeans, fit_kmeans_sizes, fit_logistic)}
print(json.dumps(runs[sys.argv[1]](*sys.argv[2:])))
