; SPDX-License-Identifier: MIT
; guarantee: G12
; claim: The conditions of the outcomes of get, each stated on its own, exclude each other, cover every state and all arguments, and bring these outcomes.
; expect: unsat
; uses: get
; breakage: get.smt2: "(not (migrating before))" -> "false"
; breakage: itself: "(not (exists ((page Gfn)) (select (dirty before) page))))" -> "false)"
(declare-const before State)
(declare-const after State)
(declare-const arguments get-arguments)
(declare-const outcome Outcome)
(declare-const result get-result)
(assert (not (= (flags (get-log arguments)) #x00000001))) ; that is PEEK
;? (assert (or (= before (small-vm 1 true true true page-0)) (= before (small-vm 1 true true true no-page)) (= before (small-vm 1 true true false no-page))))
;? (assert (= (get-buffer arguments) blank-buffer (get-buffer-after result)))
;? (assert (= (get-first result) (get-last result) #x0000000000000000))

; The conditions of the outcomes, each stated on its own.
(define-fun there-is-nothing-to-say () Bool
  (or (= (count (get-log arguments)) #x00000000) (not (used before)) (not (exists ((page Gfn)) (select (dirty before) page)))))
(define-fun the-struct-cannot-be-read () Bool
  (not (get-readable arguments)))
(define-fun cmma-is-off () Bool
  (and (get-readable arguments) (not (enabled before))))
(define-fun the-flag-is-unknown () Bool
  (and (get-readable arguments) (enabled before) (not (= (flags (get-log arguments)) #x00000000))))
(define-fun migration-mode-is-off () Bool
  (and (get-readable arguments) (enabled before) (= (flags (get-log arguments)) #x00000000) (not (migrating before))))
(define-fun nothing-to-say () Bool
  (and (get-readable arguments) (enabled before) (= (flags (get-log arguments)) #x00000000) (migrating before)
       there-is-nothing-to-say (get-writable arguments)))
(define-fun nothing-to-say-and-nowhere-to-say-it () Bool
  (and (get-readable arguments) (enabled before) (= (flags (get-log arguments)) #x00000000) (migrating before)
       there-is-nothing-to-say (not (get-writable arguments))))
(define-fun no-memory () Bool
  (and (get-readable arguments) (enabled before) (= (flags (get-log arguments)) #x00000000) (migrating before)
       (not (= (count (get-log arguments)) #x00000000)) (used before)
       (exists ((page Gfn)) (select (dirty before) page)) (not (get-allocates arguments))))
(define-fun the-values-cannot-be-written () Bool
  (and (get-readable arguments) (enabled before) (= (flags (get-log arguments)) #x00000000) (migrating before)
       (not (= (count (get-log arguments)) #x00000000)) (used before)
       (exists ((page Gfn)) (select (dirty before) page)) (get-allocates arguments)
       (not (bvule (walked result) (get-buffer-bytes arguments)))))
(define-fun the-struct-cannot-be-written () Bool
  (and (get-readable arguments) (enabled before) (= (flags (get-log arguments)) #x00000000) (migrating before)
       (not (= (count (get-log arguments)) #x00000000)) (used before)
       (exists ((page Gfn)) (select (dirty before) page)) (get-allocates arguments)
       (bvule (walked result) (get-buffer-bytes arguments)) (not (get-writable arguments))))
(define-fun a-block () Bool
  (and (get-readable arguments) (enabled before) (= (flags (get-log arguments)) #x00000000) (migrating before)
       (not (= (count (get-log arguments)) #x00000000)) (used before)
       (exists ((page Gfn)) (select (dirty before) page)) (get-allocates arguments)
       (bvule (walked result) (get-buffer-bytes arguments)) (get-writable arguments)))

; Of any state and arguments, exactly one is true.
(push 1)
; refute
(assert (not (= 1 (+
  (ite the-struct-cannot-be-read 1 0)
  (ite cmma-is-off 1 0)
  (ite the-flag-is-unknown 1 0)
  (ite migration-mode-is-off 1 0)
  (ite nothing-to-say 1 0)
  (ite nothing-to-say-and-nowhere-to-say-it 1 0)
  (ite no-memory 1 0)
  (ite the-values-cannot-be-written 1 0)
  (ite the-struct-cannot-be-written 1 0)
  (ite a-block 1 0)))))
(check-sat)
(pop 1)

; And each brings its outcome.
(push 1)
(assert (get before arguments after outcome result))
; refute
(assert (not (and
  (=> the-struct-cannot-be-read (and (= outcome EFAULT) (= after before) (= (get-log-after result) (get-log arguments))))
  (=> cmma-is-off (and (= outcome ENXIO) (= after before) (= (get-log-after result) (get-log arguments))))
  (=> the-flag-is-unknown (and (= outcome EINVAL) (= after before) (= (get-log-after result) (get-log arguments))))
  (=> migration-mode-is-off (and (= outcome EINVAL) (= after before) (= (get-log-after result) (get-log arguments))))
  (=> nothing-to-say (and (= outcome success) (= after before) (= (get-log-after result) zeros)))
  (=> nothing-to-say-and-nowhere-to-say-it (and (= outcome EFAULT) (= after before) (= (get-log-after result) (get-log arguments))))
  (=> no-memory (and (= outcome ENOMEM) (= after before) (= (get-log-after result) (get-log arguments))))
  (=> the-values-cannot-be-written (and (= outcome EFAULT) (marks-are-removed before after result)))
  (=> the-struct-cannot-be-written (and (= outcome EFAULT) (marks-are-removed before after result)))
  (=> a-block (and (= outcome success) (get-writes-back after arguments result))))))
(check-sat)
(pop 1)
