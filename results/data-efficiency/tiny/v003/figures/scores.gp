# In this folder, `gnuplot scores.gp` draws scores.svg from scores.csv.
set datafile separator ','
set encoding utf8
set border 3
set tics nomirror noenhanced
set grid ytics lc rgb '#dddddd' lt 1 lw 0.5
set key noenhanced samplen 2.5 spacing 1.1
set style line 1 lc rgb '#0072B2' lw 1.8 dt 1 pt 7 ps 0.8
set style line 2 lc rgb '#D55E00' lw 1.8 dt 2 pt 5 ps 0.8
set style line 3 lc rgb '#009E73' lw 1.8 dt 4 pt 9 ps 0.9
set style line 4 lc rgb '#CC79A7' lw 1.8 dt 3 pt 13 ps 1.0
set style line 5 lc rgb '#E69F00' lw 1.8 dt 5 pt 6 ps 0.8
set style line 6 lc rgb '#56B4E9' lw 1.8 dt 1 pt 4 ps 0.8
set style line 7 lc rgb '#000000' lw 1.8 dt 2 pt 8 ps 0.9
set style line 8 lc rgb '#999999' lw 1.8 dt 4 pt 12 ps 1.0
set terminal svg size 635,412 font 'Helvetica,15' background '#ffffff' name 'figure'
set output 'scores.svg'
set xrange [-0.5:2.5]
set xtics scale 0 ("storyworld-\nacceptability\naccuracy" 0, "storyworld-\nsentiment\naccuracy" 1, "all tasks\nmean" 2)
set bmargin 4
set ylabel 'test score × 100'
set offsets 0,0,graph 0.04,graph 0.04
set bars small
set multiplot
unset key
set tmargin at screen 0.7621
plot 'scores.csv' every ::1 using ($1 == 0 ? $2 : NaN):5:6:7 with yerrorbars ls 1 dt 1, \
     'scores.csv' every ::1 using ($1 == 1 ? $2 : NaN):5:6:7 with yerrorbars ls 2 dt 1, \
     'scores.csv' every ::1 using ($1 == 2 ? $2 : NaN):5:6:7 with yerrorbars ls 3 dt 1, \
     'scores.csv' every ::1 using ($1 == 3 ? $2 : NaN):5:6:7 with yerrorbars ls 4 dt 1, \
     'scores.csv' every ::1 using ($1 == 4 ? $2 : NaN):5:6:7 with yerrorbars ls 5 dt 1, \
     'scores.csv' every ::1 using ($1 == 5 ? $2 : NaN):5:6:7 with yerrorbars ls 6 dt 1, \
     'scores.csv' every ::1 using ($1 == -1 ? $2 : NaN):5:(0.8):(0) with vectors nohead lc rgb '#555555' lw 1.2 dt 3
unset arrow
set offsets
set label '' at screen 0.1016,0.9648 point ls 1
set label "Transformer, tokens=150000" at screen 0.1425,0.9648 left noenhanced
set label '' at screen 0.5457,0.9648 point ls 2
set label "Transformer, tokens=600000" at screen 0.5866,0.9648 left noenhanced
set label '' at screen 0.1016,0.9138 point ls 3
set label "Transformer, tokens=2500000" at screen 0.1425,0.9138 left noenhanced
set label '' at screen 0.5457,0.9138 point ls 4
set label "LSTM, tokens=150000" at screen 0.5866,0.9138 left noenhanced
set label '' at screen 0.1016,0.8629 point ls 5
set label "LSTM, tokens=600000" at screen 0.1425,0.8629 left noenhanced
set label '' at screen 0.5457,0.8629 point ls 6
set label "LSTM, tokens=2500000" at screen 0.5866,0.8629 left noenhanced
set label "commonest answer" at screen 0.1425,0.8119 left noenhanced
unset border
unset tics
unset xlabel
unset ylabel
unset title
unset logscale
unset key
set lmargin at screen 0
set rmargin at screen 1
set tmargin at screen 1
set bmargin at screen 0
set xrange [0:1]
set yrange [0:1]
set samples 2
plot sample \
    [0.0732:0.1299] 0.9648 with lines ls 1 dt 1, \
    [0.5173:0.5740] 0.9648 with lines ls 2 dt 1, \
    [0.0732:0.1299] 0.9138 with lines ls 3 dt 1, \
    [0.5173:0.5740] 0.9138 with lines ls 4 dt 1, \
    [0.0732:0.1299] 0.8629 with lines ls 5 dt 1, \
    [0.5173:0.5740] 0.8629 with lines ls 6 dt 1, \
    [0.0732:0.1299] 0.8119 with lines lc rgb '#555555' lw 1.2 dt 3, \
    NaN notitle
unset label
set samples 100
set border 3
set xtics nomirror
set ytics nomirror
set autoscale
unset lmargin
unset rmargin
unset tmargin
unset bmargin
unset multiplot
set output
