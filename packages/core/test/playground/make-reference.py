"""Writes reference.json: runs of the TensorFlow Playground's algorithm, node by node and link by link, by Python's libm.

An implementation apart from packages/core/src/playground: objects that point at each other instead of flat arrays,
derivatives of activations from their totals instead of their outputs. Run it with any Python 3:
    python3 make-reference.py > reference.json
"""
import json
import math


class Uniform:
    """Park and Miller's generator (48271), which is exact in float64 in any language."""

    def __init__(self, state):
        self.state = state

    def __call__(self):
        self.state = self.state * 48271 % 2147483647
        return self.state / 2147483647


def sigmoid(v):
    return 1 / (1 + math.exp(-v))


ACTIVATIONS = {
    "relu": (lambda v: max(0.0, v), lambda v: 0.0 if v <= 0 else 1.0),
    "tanh": (math.tanh, lambda v: 1 - math.tanh(v) ** 2),
    "sigmoid": (sigmoid, lambda v: sigmoid(v) * (1 - sigmoid(v))),
    "linear": (lambda v: v, lambda v: 1.0),
}
FEATURES = {
    "x": lambda x, y: x,
    "y": lambda x, y: y,
    "xSquared": lambda x, y: x * x,
    "ySquared": lambda x, y: y * y,
    "xTimesY": lambda x, y: x * y,
    "sinX": lambda x, y: math.sin(x),
    "sinY": lambda x, y: math.sin(y),
}


def points_of(dataset, noise, uniform):
    def spread(low, high):
        return low + (high - low) * uniform()

    def normal():
        while True:
            a, b = 2 * uniform() - 1, 2 * uniform() - 1
            s = a * a + b * b
            if s <= 1:
                return math.sqrt(-2 * math.log(s) / s) * a

    points = []
    if dataset == "spiral":
        for turn, label in ((0, 1), (math.pi, -1)):
            for i in range(250):
                radius, angle = i / 250 * 5, 1.75 * i / 250 * 2 * math.pi + turn
                x = radius * math.sin(angle) + spread(-1, 1) * noise
                y = radius * math.cos(angle) + spread(-1, 1) * noise
                points.append((x, y, label))
    elif dataset == "circle":
        for low, high in ((0, 2.5), (3.5, 5)):
            for _ in range(250):
                radius, angle = spread(low, high), spread(0, 2 * math.pi)
                x, y = radius * math.sin(angle), radius * math.cos(angle)
                dx, dy = spread(-5, 5) * noise, spread(-5, 5) * noise
                points.append((x, y, 1 if math.hypot(x + dx, y + dy) < 2.5 else -1))
    elif dataset == "xor":
        for _ in range(500):
            x = spread(-5, 5)
            x += 0.3 if x > 0 else -0.3
            y = spread(-5, 5)
            y += 0.3 if y > 0 else -0.3
            dx, dy = spread(-5, 5) * noise, spread(-5, 5) * noise
            points.append((x, y, 1 if (x + dx) * (y + dy) >= 0 else -1))
    elif dataset == "gauss":
        scale = math.sqrt(0.5 + 7 * noise)
        for centre, label in ((2, 1), (-2, -1)):
            for _ in range(250):
                x = centre + scale * normal()
                y = centre + scale * normal()
                points.append((x, y, label))
    else:
        hills = [(-4, 2.5, 1), (0, 2.5, -1), (4, 2.5, 1), (-4, -2.5, -1), (0, -2.5, 1), (4, -2.5, -1)]
        for _ in range(1200):
            x, y = spread(-6, 6), spread(-6, 6)
            dx, dy = spread(-6, 6) * noise, spread(-6, 6) * noise
            if dataset == "reg-plane":
                label = (x + dx + y + dy) / 10
            else:
                heights = [s * max(0.0, 1 - math.hypot(x + dx - a, y + dy - b) / 2) for a, b, s in hills]
                label = max(heights, key=abs)
            points.append((x, y, label))
    for last in range(len(points), 0, -1):
        chosen = math.floor(uniform() * last)
        points[last - 1], points[chosen] = points[chosen], points[last - 1]
    return points


class Node:
    def __init__(self, activation, bias):
        self.forward, self.slope = ACTIVATIONS[activation]
        self.bias, self.links, self.out = bias, [], []
        self.bias_sum, self.seen = 0.0, 0


class Link:
    def __init__(self, source, target, weight):
        self.source, self.target, self.weight = source, target, weight
        self.sum, self.seen, self.dead = 0.0, 0, False
        source.out.append(self)
        target.links.append(self)


class Network:
    def __init__(self, config, uniform):
        self.config = config
        regression = config["dataset"].startswith("reg-")
        zero = config["initZero"]
        self.inputs = [Node("linear", 0.0) for _ in config["features"]]
        self.layers = []
        below = self.inputs
        for size in [*config["networkShape"], 1]:
            layer = []
            for _ in range(size):
                node = Node(config["activation"], 0.0 if zero else 0.1)
                for source in below:
                    Link(source, node, 0.0 if zero else uniform() - 0.5)
                layer.append(node)
            self.layers.append(layer)
            below = layer
        self.output = below[0]
        self.output.forward, self.output.slope = ACTIVATIONS["linear" if regression else "tanh"]

    def predict(self, x, y):
        for node, name in zip(self.inputs, self.config["features"]):
            node.value = FEATURES[name](x, y)
        for layer in self.layers:
            for node in layer:
                node.total = node.bias + sum(link.weight * link.source.value for link in node.links)
                node.value = node.forward(node.total)
        return self.output.value

    def learn(self, label):
        self.output.error = self.output.value - label
        for layer in reversed(self.layers):
            for node in layer:
                if node is not self.output:
                    node.error = sum(link.weight * link.target.delta for link in node.out)
                node.delta = node.error * node.slope(node.total)
        for layer in self.layers:
            for node in layer:
                node.bias_sum += node.delta
                node.seen += 1
                for link in node.links:
                    if not link.dead:
                        link.sum += node.delta * link.source.value
                        link.seen += 1

    def update(self):
        rate, decay = self.config["learningRate"], self.config["regularizationRate"]
        kind = self.config["regularization"]
        for node in (node for layer in self.layers for node in layer):
            node.bias -= rate * node.bias_sum / node.seen
            node.bias_sum, node.seen = 0.0, 0
            for link in node.links:
                if link.dead:
                    continue
                old = link.weight
                moved = old - rate * link.sum / link.seen
                sign = (old > 0) - (old < 0)
                shrunk = moved - rate * decay * {"none": 0.0, "L1": sign, "L2": old}[kind]
                if kind == "L1" and moved * shrunk < 0:
                    link.weight, link.dead = 0.0, True
                else:
                    link.weight = shrunk
                link.sum, link.seen = 0.0, 0

    def loss(self, points):
        return sum(0.5 * (self.predict(x, y) - label) ** 2 for x, y, label in points) / len(points)

    def parameters(self):
        return [v for layer in self.layers for node in layer for v in (node.bias, *(l.weight for l in node.links))]


def run(case):
    config, uniform = case["config"], Uniform(case["state"])
    points = points_of(config["dataset"], config["noise"] / 100, uniform)
    split = len(points) * config["percTrainData"] // 100
    training, test = points[:split], points[split:]
    network = Network(config, uniform)
    losses = [[network.loss(training), network.loss(test)]]
    for _ in range(case["epochs"]):
        for index, (x, y, label) in enumerate(training, 1):
            network.predict(x, y)
            network.learn(label)
            if index % config["batchSize"] == 0:
                network.update()
        losses.append([network.loss(training), network.loss(test)])
    dead = sum(link.dead for layer in network.layers for node in layer for link in node.links)
    return {**case, "points": points[:8], "losses": losses, "parameters": network.parameters(), "dead": dead}


def config(dataset, features, shape, **others):
    return {
        "dataset": dataset, "noise": 0, "percTrainData": 50, "features": features.split(), "networkShape": shape,
        "activation": "tanh", "regularization": "none", "regularizationRate": 0, "learningRate": 0.03,
        "batchSize": 10, "initZero": False, **others,
    }


CASES = [
    config("circle", "x y", [4, 2]),
    config("circle", "xSquared ySquared", [], noise=25, batchSize=7),
    config("xor", "xTimesY", [1], activation="sigmoid", noise=50, batchSize=30, percTrainData=90),
    config("gauss", "x y", [3], activation="relu", noise=35, regularization="L2", regularizationRate=0.1),
    config("gauss", "x y xSquared", [4, 3], regularization="L1", regularizationRate=0.03, learningRate=0.1),
    config("spiral", "x y sinX sinY", [3], activation="sigmoid", learningRate=0.01, batchSize=1, percTrainData=90),
    config("spiral", "x y xSquared ySquared xTimesY sinX sinY", [8, 6, 2], noise=10, activation="relu", batchSize=13),
    config("reg-plane", "x y", [2], activation="linear", noise=20, learningRate=0.01, percTrainData=70),
    config("reg-gauss", "x y", [5, 3], batchSize=11, learningRate=0.1),
    config("xor", "x y", [2], initZero=True),
]

cases = [run({"config": c, "state": 1000 + i, "epochs": 12}) for i, c in enumerate(CASES)]
print(json.dumps(cases, indent=1))
