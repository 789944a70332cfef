# %% wrong="no_memory" fails="levels shared" says="listed twice in the same level"
# Nodes already met are listed again, once for each path that leads to them.
def backward_graph(t):
    levels = []
    level = [] if t.grad_fn is None else [t.grad_fn]
    while level:
        levels.append([type(node).__name__ for node in level])
        below = []
        for node in level:
            for child, _ in node.next_functions:
                if child is not None:
                    below.append(child)
        level = below
    return levels

# %% wrong="memory_of_one_level" fails="levels shared" says="the same node is listed at two levels"
# Only nodes of the same level are compared, not those of the levels above.
def backward_graph(t):
    levels = []
    level = [] if t.grad_fn is None else [t.grad_fn]
    while level:
        levels.append([type(node).__name__ for node in level])
        below, seen = [], set()
        for node in level:
            for child, _ in node.next_functions:
                if child is not None and child not in seen:
                    seen.add(child)
                    below.append(child)
        level = below
    return levels

# %% wrong="name_method" fails="levels shared edges" says="the name of a node is type(node).__name__"
# node.name() is taken for the name of the node's class.
def backward_graph(t):
    levels = []
    level = [] if t.grad_fn is None else [t.grad_fn]
    seen = set(level)
    while level:
        levels.append([node.name() for node in level])
        below = []
        for node in level:
            for child, _ in node.next_functions:
                if child is not None and child not in seen:
                    seen.add(child)
                    below.append(child)
        level = below
    return levels

# %% wrong="none_listed" fails="levels shared" says="the input that needs no gradient is to be skipped"
# None in next_functions is taken for a node.
def backward_graph(t):
    levels = []
    level = [] if t.grad_fn is None else [t.grad_fn]
    seen = set(level)
    while level:
        levels.append([type(node).__name__ for node in level])
        below = []
        for node in level:
            for child, _ in node.next_functions if node is not None else ():
                if child not in seen:
                    seen.add(child)
                    below.append(child)
        level = below
    return levels

# %% wrong="leaves_left_out" fails="levels shared edges" says="the leaves are missing"
# AccumulateGrad is thought to be no operation, and so no node.
def backward_graph(t):
    levels = []
    level = [] if t.grad_fn is None else [t.grad_fn]
    seen = set(level)
    while level:
        levels.append([type(node).__name__ for node in level])
        below = []
        for node in level:
            for child, _ in node.next_functions:
                if child is not None and type(child).__name__ != "AccumulateGrad" and child not in seen:
                    seen.add(child)
                    below.append(child)
        level = below
    return levels

# %% wrong="flat" fails="levels shared edges" says="returned one flat list"
# All names go into one list.
def backward_graph(t):
    levels = []
    level = [] if t.grad_fn is None else [t.grad_fn]
    seen = set(level)
    while level:
        levels.extend(type(node).__name__ for node in level)
        below = []
        for node in level:
            for child, _ in node.next_functions:
                if child is not None and child not in seen:
                    seen.add(child)
                    below.append(child)
        level = below
    return levels

# %% wrong="empty_level" fails="edges" says="one empty level"
# No node is taken for one level without nodes.
def backward_graph(t):
    levels = []
    level = [] if t.grad_fn is None else [t.grad_fn]
    seen = set(level)
    while level:
        levels.append([type(node).__name__ for node in level])
        below = []
        for node in level:
            for child, _ in node.next_functions:
                if child is not None and child not in seen:
                    seen.add(child)
                    below.append(child)
        level = below
    return levels or [[]]

# %% wrong="right_to_left" fails="levels shared" says="runs from right to left"
# The inputs are put on a stack, which hands them out from the right.
def backward_graph(t):
    levels = []
    level = [] if t.grad_fn is None else [t.grad_fn]
    seen = set(level)
    while level:
        levels.append([type(node).__name__ for node in level])
        below = []
        for node in level:
            for child, _ in reversed(node.next_functions):
                if child is not None and child not in seen:
                    seen.add(child)
                    below.append(child)
        level = below
    return levels

# %% wrong="depth_first" fails="shared" says="it was explored depth first"
# A recursion goes down the first path to its end before it looks at the second.
def backward_graph(t):
    levels, seen = [], set()

    def visit(node, depth):
        if node is None or node in seen:
            return
        seen.add(node)
        if len(levels) == depth:
            levels.append([])
        levels[depth].append(type(node).__name__)
        for child, _ in node.next_functions:
            visit(child, depth + 1)

    visit(t.grad_fn, 0)
    return levels

# %% wrong="starts_below" fails="levels shared edges" says="level 0 is the plus"
# The search starts with the inputs of the last operation, which is left out itself.
def backward_graph(t):
    levels = []
    level = [] if t.grad_fn is None else [t.grad_fn]
    seen = set(level)
    while level:
        levels.append([type(node).__name__ for node in level])
        below = []
        for node in level:
            for child, _ in node.next_functions:
                if child is not None and child not in seen:
                    seen.add(child)
                    below.append(child)
        level = below
    return levels[1:]

# %% wrong="same_name_same_node" fails="levels shared" says="but is another node"
# Two nodes with the same name are taken for one.
def backward_graph(t):
    levels = []
    level = [] if t.grad_fn is None else [t.grad_fn]
    seen = set(level)
    while level:
        levels.append([type(node).__name__ for node in level])
        below = []
        for node in level:
            for child, _ in node.next_functions:
                if child is not None and type(child).__name__ not in seen:
                    seen.add(type(child).__name__)
                    below.append(child)
        level = below
    return levels

# %% wrong="no_check_for_a_leaf" fails="edges" says="'NoneType' object has no attribute 'next_functions'"
# Every tensor is thought to have a grad_fn.
def backward_graph(t):
    levels = []
    level = [t.grad_fn]
    seen = set(level)
    while level:
        levels.append([type(node).__name__ for node in level])
        below = []
        for node in level:
            for child, _ in node.next_functions:
                if child is not None and child not in seen:
                    seen.add(child)
                    below.append(child)
        level = below
    return levels

# %% wrong="eight_levels" fails="shared"
# The loop stops after as many levels as the examples have.
def backward_graph(t):
    levels = []
    level = [] if t.grad_fn is None else [t.grad_fn]
    seen = set(level)
    while level and len(levels) < 8:
        levels.append([type(node).__name__ for node in level])
        below = []
        for node in level:
            for child, _ in node.next_functions:
                if child is not None and child not in seen:
                    seen.add(child)
                    below.append(child)
        level = below
    return levels

# %% right="list_and_depths"
def backward_graph(t):
    if t.grad_fn is None:
        return []
    found, depths, k = [t.grad_fn], [0], 0
    while k < len(found):
        for child, _ in found[k].next_functions:
            if child is None or child in found:
                continue
            found.append(child)
            depths.append(depths[k] + 1)
        k += 1
    return [[type(n).__name__ for n, d in zip(found, depths) if d == level] for level in range(max(depths) + 1)]

# %% right="queue"
from collections import deque


def backward_graph(t):
    levels, queue, seen = {}, deque([(t.grad_fn, 0)]), set()
    while queue:
        node, depth = queue.popleft()
        if node is None or node in seen:
            continue
        seen.add(node)
        levels.setdefault(depth, []).append(node.__class__.__name__)
        queue.extend((child, depth + 1) for child, _ in node.next_functions)
    return list(levels.values())

# %% right="recursion_over_levels"
def backward_graph(t):
    def from_level(level, seen):
        if not level:
            return []
        below = dict.fromkeys(c for n in level for c, _ in n.next_functions if c is not None and c not in seen)
        return [[type(n).__name__ for n in level]] + from_level(list(below), seen | set(below))

    first = [t.grad_fn] if t.grad_fn else []
    return from_level(first, set(first))
