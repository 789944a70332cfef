# %% wrong="mode_not_switched" fails="output" says="dropout was on, in train mode"
# no_grad() is thought to switch dropout off as well.
def predict(net, x):
    was_training = net.training
    try:
        with torch.no_grad():
            return net(x)
    finally:
        net.train(was_training)

# %% wrong="builds_a_graph" fails="output" says="the output carries a graph"
# eval() is thought to switch gradients off as well.
def predict(net, x):
    was_training = net.training
    net.eval()
    try:
        return net(x)
    finally:
        net.train(was_training)

# %% wrong="detached_afterwards" fails="output" says="its graph was thrown away afterwards"
# The graph is built first and cut off the result.
def predict(net, x):
    was_training = net.training
    net.eval()
    try:
        return net(x).detach()
    finally:
        net.train(was_training)

# %% wrong="always_back_to_training" fails="restores raises" says="restore, don't set"
# The net is put into train mode afterwards, whatever it was in.
def predict(net, x):
    net.eval()
    try:
        with torch.no_grad():
            return net(x)
    finally:
        net.train()

# %% wrong="left_in_eval" fails="restores raises" says="was in train mode before, and is in eval mode after"
# The mode is switched, and not put back.
def predict(net, x):
    net.eval()
    with torch.no_grad():
        return net(x)

# %% wrong="no_finally" fails="raises" says="restored only when nothing goes wrong"
# The mode is put back only if nothing goes wrong.
def predict(net, x):
    was_training = net.training
    net.eval()
    with torch.no_grad():
        y = net(x)
    net.train(was_training)
    return y

# %% wrong="swallows_the_exception" fails="raises" says="predict swallowed it"
# The exception is caught so that the mode can be put back, and is lost.
def predict(net, x):
    was_training = net.training
    net.eval()
    try:
        with torch.no_grad():
            return net(x)
    except Exception:
        return None
    finally:
        net.train(was_training)

# %% wrong="gradients_left_off" fails="restores raises" says="left gradients switched off for all that follows"
# Gradients are switched off for the whole program.
def predict(net, x):
    was_training = net.training
    net.eval()
    try:
        torch.set_grad_enabled(False)
        return net(x)
    finally:
        net.train(was_training)

# %% wrong="parameters_frozen" fails="output" says="no longer require gradients"
# requires_grad_(False) keeps the graph away, and freezes the net for good.
def predict(net, x):
    was_training = net.training
    net.eval()
    net.requires_grad_(False)
    try:
        with torch.no_grad():
            return net(x)
    finally:
        net.train(was_training)

# %% wrong="restores_the_outside_only" fails="restores"
# The flag of the net itself is put back, those of its parts are not.
def predict(net, x):
    was_training = net.training
    net.eval()
    try:
        with torch.no_grad():
            return net(x)
    finally:
        net.training = was_training

# %% right="inference_mode"
def predict(net, x):
    was_training = net.training
    net.eval()
    try:
        with torch.inference_mode():
            return net(x)
    finally:
        net.train(was_training)

# %% right="decorated"
@torch.no_grad()
def predict(net, x):
    was_training = net.training
    try:
        return net.eval()(x)
    finally:
        if was_training:
            net.train()

# %% right="each_module_by_itself"
def predict(net, x):
    modes = [(module, module.training) for module in net.modules()]
    try:
        net.train(False)
        with torch.no_grad():
            y = net(x)
        return y
    finally:
        for module, mode in modes:
            module.training = mode

# %% right="caught_and_raised_again"
def predict(net, x):
    was_training = net.training
    net.eval()
    try:
        with torch.no_grad():
            y = net(x)
    except BaseException:
        net.train(was_training)
        raise
    net.train(was_training)
    return y

# %% right="on_a_copy"
def predict(net, x):
    twin = copy.deepcopy(net).eval()
    with torch.no_grad():
        return twin(x)
