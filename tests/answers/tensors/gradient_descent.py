# %% wrong="new_tensors" fails="values in_place leftovers losses" says="made a new tensor instead of changing the one given"
# p = p - ... makes a new tensor that the caller never sees.
def gradient_descent(params, loss_fn, lr, steps):
    losses = []
    for _ in range(steps):
        for p in params:
            p.grad = None
        loss = loss_fn()
        loss.backward()
        with torch.no_grad():
            for p in params:
                p = p - lr * p.grad
        losses.append(loss.item())
    return losses

# %% wrong="uphill" fails="values in_place leftovers losses" says="the sign of the step is wrong"
# The gradient is added instead of subtracted.
def gradient_descent(params, loss_fn, lr, steps):
    losses = []
    for _ in range(steps):
        for p in params:
            p.grad = None
        loss = loss_fn()
        loss.backward()
        with torch.no_grad():
            for p in params:
                p += lr * p.grad
        losses.append(loss.item())
    return losses

# %% wrong="never_cleared" fails="values in_place leftovers losses" says="was added to the second's"
# backward() is thought to replace the old gradients.
def gradient_descent(params, loss_fn, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn()
        loss.backward()
        with torch.no_grad():
            for p in params:
                p -= lr * p.grad
        losses.append(loss.item())
    return losses

# %% wrong="cleared_afterwards_only" fails="leftovers" says="left over from before the call"
# Gradients are cleared after each step, so those from before the call take part in the first.
def gradient_descent(params, loss_fn, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn()
        loss.backward()
        with torch.no_grad():
            for p in params:
                p -= lr * p.grad
                p.grad.zero_()
        losses.append(loss.item())
    return losses

# %% wrong="losses_as_tensors" fails="losses" says="the losses are tensors"
# The losses are kept as tensors.
def gradient_descent(params, loss_fn, lr, steps):
    losses = []
    for _ in range(steps):
        for p in params:
            p.grad = None
        loss = loss_fn()
        loss.backward()
        with torch.no_grad():
            for p in params:
                p -= lr * p.grad
        losses.append(loss.detach())
    return losses

# %% wrong="loss_after_the_step" fails="losses" says="the loss before the first step"
# The loss is computed again after the step.
def gradient_descent(params, loss_fn, lr, steps):
    losses = []
    for _ in range(steps):
        for p in params:
            p.grad = None
        loss = loss_fn()
        loss.backward()
        with torch.no_grad():
            for p in params:
                p -= lr * p.grad
        losses.append(loss_fn().item())
    return losses

# %% wrong="no_learning_rate" fails="values in_place leftovers losses" says="not multiplied by the learning rate"
# The step is the whole gradient.
def gradient_descent(params, loss_fn, lr, steps):
    losses = []
    for _ in range(steps):
        for p in params:
            p.grad = None
        loss = loss_fn()
        loss.backward()
        with torch.no_grad():
            for p in params:
                p -= p.grad
        losses.append(loss.item())
    return losses

# %% wrong="update_is_recorded" fails="values in_place leftovers losses" says="a leaf Variable that requires grad is being used in an in-place operation"
# The update is not put under torch.no_grad().
def gradient_descent(params, loss_fn, lr, steps):
    losses = []
    for _ in range(steps):
        for p in params:
            p.grad = None
        loss = loss_fn()
        loss.backward()
        for p in params:
            p -= lr * p.grad
        losses.append(loss.item())
    return losses

# %% wrong="last_loss_only" fails="losses" says="returned float, but should return a list"
# Only the last loss is returned.
def gradient_descent(params, loss_fn, lr, steps):
    losses = []
    for _ in range(steps):
        for p in params:
            p.grad = None
        loss = loss_fn()
        loss.backward()
        with torch.no_grad():
            for p in params:
                p -= lr * p.grad
        losses.append(loss.item())
    return losses[-1] if losses else 0.0

# %% wrong="list_entries_replaced" fails="values in_place leftovers losses" says="put new tensors into the list"
# The list gets new tensors; the caller's own stay as they were.
def gradient_descent(params, loss_fn, lr, steps):
    losses = []
    for _ in range(steps):
        for p in params:
            p.grad = None
        loss = loss_fn()
        loss.backward()
        with torch.no_grad():
            for i, p in enumerate(params):
                params[i] = (p - lr * p.grad).requires_grad_()
        losses.append(loss.item())
    return losses

# %% wrong="with_an_optimizer" fails="values" says="uses an optimizer"
# torch.optim does the step.
def gradient_descent(params, loss_fn, lr, steps):
    optimizer = torch.optim.SGD(params, lr=lr)
    losses = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = loss_fn()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses

# %% wrong="one_loss_too_many" fails="losses" says="two steps gave 3 losses"
# The loss after the last step is listed as well.
def gradient_descent(params, loss_fn, lr, steps):
    losses = []
    for _ in range(steps):
        for p in params:
            p.grad = None
        loss = loss_fn()
        loss.backward()
        with torch.no_grad():
            for p in params:
                p -= lr * p.grad
        losses.append(loss.item())
    losses.append(loss_fn().item())
    return losses

# %% wrong="one_parameter_at_a_time" fails="values" says="both move along the gradient of the same loss"
# Each parameter's gradient is taken after the one before it has moved.
def gradient_descent(params, loss_fn, lr, steps):
    losses = []
    for _ in range(steps):
        losses.append(loss_fn().item())
        for p in params:
            p.grad = None
            loss_fn().backward()
            with torch.no_grad():
                p -= lr * p.grad
    return losses

# %% wrong="gradients_left_off" fails="values in_place" says="left gradients switched off"
# Gradients are switched off for the update, and not on again after the last.
def gradient_descent(params, loss_fn, lr, steps):
    losses = []
    for _ in range(steps):
        for p in params:
            p.grad = None
        torch.set_grad_enabled(True)
        loss = loss_fn()
        loss.backward()
        torch.set_grad_enabled(False)
        for p in params:
            p -= lr * p.grad
        losses.append(loss.item())
    return losses

# %% wrong="at_least_one_step" fails="losses"
# The loop asks whether it is done only after a step.
def gradient_descent(params, loss_fn, lr, steps):
    losses = []
    while True:
        for p in params:
            p.grad = None
        loss = loss_fn()
        loss.backward()
        with torch.no_grad():
            for p in params:
                p -= lr * p.grad
        losses.append(loss.item())
        if len(losses) >= steps:
            return losses

# %% right="autograd_grad"
def gradient_descent(params, loss_fn, lr, steps):
    losses = []
    for _ in range(steps):
        loss = loss_fn()
        gradients = torch.autograd.grad(loss, params)
        for p, gradient in zip(params, gradients):
            p.data -= lr * gradient
        losses.append(float(loss))
    return losses

# %% right="zeroed_before_and_after"
def gradient_descent(params, loss_fn, lr, steps):
    losses = []
    for p in params:
        if p.grad is not None:
            p.grad.zero_()
    for _ in range(steps):
        loss = loss_fn()
        loss.backward()
        losses.append(loss.item())
        with torch.no_grad():
            for p in params:
                p.sub_(lr * p.grad)
                p.grad.zero_()
    return losses

# %% right="recursion"
def gradient_descent(params, loss_fn, lr, steps):
    if steps == 0:
        return []
    for p in params:
        p.grad = None
    loss = loss_fn()
    loss.backward()
    with torch.no_grad():
        for p in params:
            p.copy_(p - lr * p.grad)
    return [loss.item()] + gradient_descent(params, loss_fn, lr, steps - 1)
